using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>A loop of thinking and acting: the model asks for tools until it has an answer.</summary>
/// <remarks>
/// Each model call and each tool call is a durable step of its own; what a model asks for in one turn runs at the same time.
/// </remarks>
internal sealed class ReasoningAgent(AgentWork work)
{
    public const int DefaultIterations = 10;
    private const int LongestChainEntry = 1_000;

    private readonly JsonArray _chain = [];

    public async Task<JsonNode?> RunAsync()
    {
        var config = work.Input.Config;
        var most = Math.Clamp(config.MaxIterations ?? DefaultIterations, 1, 100);
        var form = AgentWork.FormOf(config.OutputSchema, config.JsonMode);
        var messages = work.Open(string.Join("\n\n", new[]
        {
            work.Tools.Tools.Count > 0 ? Prompts.Reasoning : null,
            form.Length > 0 ? Prompts.FinalForm + form : null,
        }.OfType<string>()));
        for (var iteration = 1; ; iteration++)
        {
            work.Ledger.Iterations = iteration;
            var isLast = iteration >= most;
            if (isLast && iteration > 1)
            {
                messages.Add(ChatTurn.User(Prompts.LastTurn));
            }

            var question = new ModelQuestion($"{work.Key}/{iteration}", [.. messages])
            {
                Tools = work.Tools.Tools,
                ToolChoice = work.Tools.Tools.Count == 0 || isLast ? "none" : "auto",
            };
            var reply = await work.Models.AskAsync(question);
            if (reply.Message.ToolCalls.Count == 0 || isLast)
            {
                return await AnswerAsync(question, reply, iteration);
            }

            messages.Add(reply.Message);
            messages.AddRange(await ActAsync(iteration, reply.Message));
        }
    }

    private async Task<IReadOnlyList<ChatTurn>> ActAsync(int iteration, ChatTurn turn)
    {
        // Equal calls of one turn are one call; its answer goes to each.
        var running = new Dictionary<string, Task<string>>(StringComparer.Ordinal);
        var answers = new List<Task<string>>(turn.ToolCalls.Count);
        for (var i = 0; i < turn.ToolCalls.Count; i++)
        {
            var call = turn.ToolCalls[i];
            var same = $"{call.Name} {CanonicalJson.Of(call.Arguments)}";
            if (call.Arguments is null || !running.TryGetValue(same, out var answer))
            {
                answer = CallAsync($"{work.Key}/{iteration}/{i + 1}", call);
                running[same] = answer;
            }

            answers.Add(answer);
        }

        await Task.WhenAll(answers);
        var messages = new List<ChatTurn>(answers.Count);
        for (var i = 0; i < answers.Count; i++)
        {
            var call = turn.ToolCalls[i];
            var observation = await answers[i];
            messages.Add(ChatTurn.Tool(call.Id, observation));
            _chain.Add(new JsonObject
            {
                ["thought"] = i == 0 ? ModelText.Cut(ModelText.Inline(turn.Content) ?? "", LongestChainEntry) : "",
                ["action"] = work.Tools.Find(call.Name)?.Name ?? call.Name,
                ["action_input"] = call.Arguments?.DeepClone(),
                ["observation"] = ModelText.Cut(observation, LongestChainEntry),
            });
        }

        return messages;
    }

    private async Task<string> CallAsync(string callId, ToolInvocation call)
    {
        var tool = work.Tools.Find(call.Name);
        var answer = (tool, call.Arguments) switch
        {
            (null, _) => work.Tools.Refuse(call.Name, work.Tools.Refusal(call.Name)),
            (_, null) =>
                work.Tools.Refuse(call.Name,
                    $"The arguments of '{call.Name}' are no JSON object: {call.ArgumentsError ?? "they can't be read"}. Call it again "
                    + $"with corrected arguments."),
            _ => await work.Tools.CallAsync(callId, tool, call.Arguments),
        };
        return await work.ObservationAsync(answer);
    }

    private async Task<JsonNode?> AnswerAsync(ModelQuestion question, ModelOutcome.Replied reply, int iteration)
    {
        var config = work.Input.Config;
        if (config.OutputSchema is not null || config.JsonMode)
        {
            var form = question with { Schema = config.OutputSchema, JsonMode = true, ToolChoice = "none" };
            var value = await work.AskForJsonAsync(form, reply);
            return value is JsonObject ? value : new JsonObject { ["value"] = value };
        }

        if (ModelText.Inline(reply.Message.Content) is { } text && string.IsNullOrWhiteSpace(text))
        {
            throw new AgentFailedException(new FailureDetails(
                "no_answer",
                $"Node '{work.Input.Scope.NodeId}': the agent came to no answer in {iteration} iteration(s). Raise max_iterations, or "
                + $"make the task smaller."));
        }

        _chain.Add(new JsonObject
        {
            ["thought"] = ModelText.Cut(ModelText.Inline(reply.Message.Content) ?? "", LongestChainEntry),
            ["action"] = null,
            ["action_input"] = null,
            ["observation"] = null,
        });
        return new JsonObject
        {
            ["answer"] = reply.Message.Content?.DeepClone(),
            ["reasoning_chain"] = _chain,
            ["iterations"] = iteration,
        };
    }
}
