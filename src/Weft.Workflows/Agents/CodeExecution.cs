using System.Text;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>Executes a code agent's plans: only the agent's own tools, and nothing that has succeeded twice.</summary>
/// <remarks>
/// Steps run in order; neighbours that only read and do not need each other run at the same time. The first failure ends the round.
/// </remarks>
internal sealed class CodeExecution
{
    private const int LongestResult = 4_000;
    private readonly AgentWork _work;
    private readonly Rendering _rendering;
    private readonly JsonObject _steps = [];
    private readonly ExpressionScope _scope;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, ToolAnswer> _succeeded = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    public CodeExecution(AgentWork work)
    {
        _work = work;
        _rendering = new Rendering(work.Context, Template.Parse, x => CompiledCondition.Parse(x.Type, x.Expression), _ => null);
        _scope = ExpressionScope.Of(work.Input.Context ?? [],
            new ExpressionServices { UtcNow = () => work.Context.CurrentUtcDateTime, NewGuid = work.Context.NewGuid })
            .Layer()
            .Set("context", work.Input.Context ?? [])
            .Set("steps", _steps);
    }

    private sealed record Entry(PlannedStep Step, string Tool, JsonObject? Arguments, ToolAnswer Answer);

    /// <summary>Makes the calls of a plan. Answers whether all of them succeeded.</summary>
    public async Task<bool> RunAsync(int round, IReadOnlyList<PlannedStep> plan)
    {
        for (var at = 0; at < plan.Count;)
        {
            var batch = BatchAt(plan, at);
            var running = batch.Select((step, i) => RunStepAsync($"{_work.Key}/{round}/{at + i + 1}", step)).ToList();
            await Task.WhenAll(running);
            foreach (var task in running)
            {
                var entry = await task;
                _entries.Add(entry);
                _steps[entry.Step.Id] = new JsonObject
                {
                    ["output"] = entry.Answer.Output?.DeepClone(),
                    ["status"] = entry.Answer.Status,
                    ["error"] = entry.Answer.Error,
                };
            }

            if (running.Exists(x => !x.Result.Answer.Succeeded))
            {
                return false;
            }

            at += batch.Count;
        }

        return true;
    }

    /// <summary>Keeps a remark for the next plan.</summary>
    public void Note(string note) => _notes.Add(ModelText.Cut(note, LongestResult));

    /// <summary>What happened, for a model to read.</summary>
    public async Task<string> AccountAsync()
    {
        var text = new StringBuilder();
        foreach (var entry in _entries)
        {
            var arguments = ModelText.Cut(entry.Arguments?.ToJsonString(WeftJson.Options) ?? "(could not be made)", 1_000);
            text.Append("- ").Append(entry.Step.Id).Append(": ").Append(entry.Tool).Append(' ').Append(arguments)
                .Append(" -> ").Append(entry.Answer.Status).Append(": ")
                .Append(ModelText.Cut(await _work.ObservationAsync(entry.Answer), LongestResult)).Append('\n');
        }

        foreach (var note in _notes)
        {
            text.Append(note).Append('\n');
        }

        return text.Length == 0 ? Prompts.Nothing : text.ToString();
    }

    /// <summary>Every step that was tried: <c>{id, tool, status, output | error}</c>.</summary>
    public JsonArray ToSteps() => new([.. _entries.Select(x =>
    {
        var step = new JsonObject { ["id"] = x.Step.Id, ["tool"] = x.Tool, ["status"] = x.Answer.Status };
        if (x.Answer.Succeeded)
        {
            step["output"] = x.Answer.Output?.DeepClone();
        }
        else
        {
            step["error"] = x.Answer.Error;
        }

        return (JsonNode)step;
    })]);

    private async Task<Entry> RunStepAsync(string callId, PlannedStep step)
    {
        if (_work.Tools.Find(step.Tool) is not { } tool)
        {
            return new Entry(step, step.Tool, step.Arguments, _work.Tools.Refuse(step.Tool, _work.Tools.Refusal(step.Tool)));
        }

        if (step.DependsOn.FirstOrDefault(x => _steps[x]?["status"]?.ToString() != "success") is { } missing)
        {
            return new Entry(
                step, tool.Name, null, new ToolAnswer("failed", null, $"It depends on the step '{missing}', which has not succeeded."));
        }

        JsonObject arguments;
        try
        {
            RefuseReach(step.Arguments);
            arguments = (await _rendering.DataAsync(
                step.Arguments, _scope, _work.Input.Scope, _work.CancellationToken))!.AsObject(); // an object renders to one
        }
        catch (WeftException exception)
        {
            return new Entry(step, tool.Name, null, new ToolAnswer("failed", null, $"Its arguments can't be made: {exception.Message}"));
        }

        var same = $"{tool.Name} {CanonicalJson.Of(arguments)}";
        if (_succeeded.TryGetValue(same, out var earlier))
        {
            return new Entry(step, tool.Name, arguments, earlier);
        }

        var answer = await _work.Tools.CallAsync(callId, tool, arguments);
        if (answer.Succeeded)
        {
            _succeeded[same] = answer;
        }

        return new Entry(step, tool.Name, arguments, answer);
    }

    /// <summary>A plan is a model's text: it must not reach for secrets or call tools past the whitelist.</summary>
    private static void RefuseReach(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                {
                    RefuseReach(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RefuseReach(item);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && Template.HasTags(text):
                var template = Template.Parse(text);
                if (template.ReadsEnvironment || template.ReferencedTools.Count > 0)
                {
                    throw new WeftException(
                        "refused_reference", Fault.Invalid, "A plan may refer to steps and context only, not to env or to tools.");
                }

                break;
            default:
                break;
        }
    }

    private List<PlannedStep> BatchAt(IReadOnlyList<PlannedStep> plan, int at)
    {
        var batch = new List<PlannedStep> { plan[at] };
        if (_work.Tools.Find(plan[at].Tool) is not { ReadOnly: true })
        {
            return batch;
        }

        for (var i = at + 1; i < plan.Count && _work.Tools.Find(plan[i].Tool) is { ReadOnly: true }; i++)
        {
            var text = plan[i].Arguments.ToJsonString(WeftJson.Options);
            if (batch.Exists(
                x => plan[i].DependsOn.Contains(x.Id, StringComparer.Ordinal) || text.Contains(x.Id, StringComparison.Ordinal)))
            {
                break;
            }

            batch.Add(plan[i]);
        }

        return batch;
    }
}
