using System.Text;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>Works towards a goal: plans tool calls, makes them, verifies, and plans again with what happened.</summary>
/// <remarks>
/// The model only writes data: plans and verdicts. What runs is the whitelisted tools, each call a durable step of its own.
/// </remarks>
internal sealed class CodeAgent(AgentWork work)
{
    public const int DefaultReplans = 3;
    private const int MostReplans = 20;

    private readonly CodeExecution _execution = new(work);

    public async Task<JsonNode?> RunAsync()
    {
        var replans = Math.Clamp(work.Input.Config.MaxRetries ?? DefaultReplans, 0, MostReplans);
        for (var round = 1; ; round++)
        {
            work.Ledger.Iterations = round;
            var plan = CodePlan.Read(await AskAsync($"{work.Key}/{round}/plan", Prompts.Planner, CodePlan.Schema(), round > 1));
            var complete = await _execution.RunAsync(round, plan);
            var isLast = round > replans;
            if (!complete && !isLast)
            {
                continue;
            }

            var verdict = await AskAsync(
                $"{work.Key}/{round}/verify", Prompts.Verifier, CodePlan.VerdictSchema(work.Input.Config.OutputSchema), true);
            var success = Flag(verdict, "success") ?? false;
            if (success || isLast || !(Flag(verdict, "retry") ?? true))
            {
                return Output(verdict as JsonObject ?? [], success);
            }

            _execution.Note(Prompts.Verdict + verdict?["summary"]);
        }
    }

    private async Task<JsonNode?> AskAsync(string callId, string instructions, JsonObject schema, bool withResults)
    {
        var messages = work.Open($"{instructions}\n\n{AgentWork.FormOf(schema, jsonMode: true)}");
        var account = new StringBuilder();
        if (instructions == Prompts.Planner)
        {
            account.Append(Prompts.Tools).Append(Tools()).Append('\n');
        }

        if (withResults)
        {
            account.Append(Prompts.Account).Append(await _execution.AccountAsync()).Append(Prompts.AccountEnd);
        }

        messages.Add(ChatTurn.User(account.ToString()));
        return await work.AskForJsonAsync(new ModelQuestion(callId, messages) { Schema = schema, JsonMode = true });
    }

    private string Tools()
    {
        if (work.Tools.Tools.Count == 0)
        {
            return Prompts.NoTools;
        }

        var text = new StringBuilder();
        foreach (var tool in work.Tools.Tools)
        {
            text.Append("- ").Append(tool.Name).Append(tool.ReadOnly ? " (reads only)" : "").Append(": ")
                .Append(tool.Description ?? "no description").Append('\n');
            if (tool.Parameters is { } parameters)
            {
                text.Append("  parameters: ").Append(parameters.ToJsonString(WeftJson.Options)).Append('\n');
            }
        }

        return text.ToString();
    }

    private JsonNode Output(JsonObject verdict, bool success)
    {
        var data = verdict["data"] as JsonObject;
        var summary = verdict["summary"]?.ToString() ?? "";
        if (work.Input.Config.OutputSchema is not null)
        {
            return success && data is not null
                ? data.DeepClone()
                : throw new AgentFailedException(
                    new FailureDetails(
                        "goal_not_reached", $"Node '{work.Input.Scope.NodeId}': the goal was not reached: {ModelText.Cut(summary, 500)}"));
        }

        var output = new JsonObject { ["success"] = success, ["summary"] = summary, ["steps"] = _execution.ToSteps() };
        foreach (var (name, value) in data ?? [])
        {
            if (!output.ContainsKey(name))
            {
                output[name] = value?.DeepClone();
            }
        }

        return output;
    }

    private static bool? Flag(JsonNode? verdict, string name) =>
        verdict?[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
