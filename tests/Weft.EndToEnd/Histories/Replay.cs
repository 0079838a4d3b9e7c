using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weft.Embedded.Replay;
using Weft.Workflows;

namespace Weft.EndToEnd.Histories;

/// <summary>The product's orchestrators on the engine's own replay core, without its database.</summary>
internal static class Replay
{
    private static readonly ServiceProvider None = new ServiceCollection().BuildServiceProvider();

    /// <summary>Goes through a history as the engine does when it loads an instance: the code has to decide what was decided.</summary>
    /// <returns>The decisions of the turn: the outcome, and what the history does not have.</returns>
    public static Decisions Load(StoredHistory history, IReadOnlyList<HistoryEvent> entries)
    {
        var run = Begin(history);
        var lived = entries.Where(e => !IsEnd(e)).ToList();
        run.Expect(lived);
        run.TakeTurn(lived, lived.Count);
        return run.Decisions;
    }

    /// <summary>Lives through what came from outside, one entry a turn, as an instance that nothing is known of yet.</summary>
    public static Relived Live(StoredHistory history)
    {
        var run = Begin(history);
        List<HistoryEvent> decided = [];
        var inputs = new JsonObject();
        foreach (var entry in history.Decode().Where(e => !e.IsDecision && !IsEnd(e)))
        {
            run.TakeTurn([entry], 0);
            decided.AddRange(run.Decisions.Records);
            foreach (var step in run.Decisions.Started)
            {
                Keep(step.Decision, step.Input);
            }

            foreach (var effect in run.Decisions.Effects)
            {
                switch (effect)
                {
                    case Effect.StartChild child:
                        decided.Add(child.Decision);
                        Keep(child.Decision, child.Input);
                        break;
                    case Effect.SendEvent sent:
                        decided.Add(sent.Decision);
                        Keep(sent.Decision, sent.Payload);
                        break;
                    default:
                        break;
                }
            }
        }

        return new Relived([.. decided.OrderBy(d => d.Step)], inputs, run.Decisions.Outcome);

        void Keep(HistoryEvent decision, byte[]? input)
        {
            if (input is not null)
            {
                inputs[decision.ToString()] = JsonNode.Parse(input);
            }
        }
    }

    /// <summary>Says whether an entry tells the end of the instance.</summary>
    public static bool IsEnd(HistoryEvent entry) =>
        entry.Kind is HistoryEventKind.Completed or HistoryEventKind.Failed or HistoryEventKind.Terminated;

    private static OrchestrationRun Begin(StoredHistory history) => new(
        history.ToIdentity(),
        history.Generation,
        WeftOrchestrators.Create().Single(o => o.Name == history.Orchestrator),
        None,
        static () => { });
}
