using System.Text;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>Hands work to other agents, round by round, and answers from what they found.</summary>
/// <remarks>
/// The assignments of one round run at the same time, unless the strategy is <c>sequential</c>. The last round must answer.
/// </remarks>
internal sealed class SupervisorAgent(AgentWork work)
{
    public const int DefaultRounds = 10;
    private const int LongestReport = 8_000;
    private readonly JsonArray _chain = [];

    public async Task<JsonNode?> RunAsync()
    {
        var most = Math.Clamp(work.Input.Config.Supervisor?.MaxRounds ?? DefaultRounds, 1, 50);
        var messages = work.Open(Instructions());
        for (var round = 1; ; round++)
        {
            work.Ledger.Iterations = round;
            var isLast = round >= most;
            if (isLast)
            {
                messages.Add(ChatTurn.User(Prompts.LastRound));
            }

            var schema = Schema();
            var decision =
                await work.AskForJsonAsync(new ModelQuestion($"{work.Key}/{round}", [.. messages]) { Schema = schema, JsonMode = true });
            var assignments = isLast ? [] : (decision?["assignments"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            if (assignments.Count == 0)
            {
                return await AnswerAsync(messages, decision, round);
            }

            messages.Add(new ChatTurn { Role = "assistant", Content = decision!.ToJsonString(WeftJson.Options) }); // it has assignments
            messages.Add(ChatTurn.User(await DelegateAsync(round, assignments)));
        }
    }

    private string Instructions()
    {
        var text = new StringBuilder(Prompts.Supervisor);
        foreach (var agent in work.Input.Delegates)
        {
            text.Append("- ").Append(agent.Name).Append(": ").Append(agent.Description ?? "no description").Append('\n');
        }

        return text.Append(Prompts.SupervisorEnd).Append(AgentWork.FormOf(Schema(), jsonMode: true)).ToString();
    }

    private JsonObject Schema()
    {
        var names = new JsonArray([.. work.Input.Delegates.Select(x => (JsonNode)x.Name)]);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["thought"] = new JsonObject { ["type"] = "string" },
                ["assignments"] = new JsonObject
                {
                    ["type"] = "array",
                    ["maxItems"] = 20,
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("agent", "task"),
                        ["properties"] = new JsonObject
                        {
                            ["agent"] = new JsonObject { ["type"] = "string", ["enum"] = names },
                            ["task"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 },
                        },
                    },
                },
                ["answer"] = new JsonObject { ["description"] = "the final answer, once nothing more is to be assigned" },
            },
        };
    }

    private async Task<string> DelegateAsync(int round, List<JsonObject> assignments)
    {
        var inOrder = string.Equals(work.Input.Config.Supervisor?.Strategy, "sequential", StringComparison.OrdinalIgnoreCase);
        var running = new List<Task<AgentResult>>();
        for (var i = 0; i < assignments.Count; i++)
        {
            var task = StartAsync(
                $"{round}/{i + 1}", assignments[i]["agent"]!.ToString(), assignments[i]["task"]!.ToString()); // the schema asks for both
            running.Add(task);
            if (inOrder)
            {
                await task;
            }
        }

        await Task.WhenAll(running);
        var reports = new StringBuilder();
        for (var i = 0; i < running.Count; i++)
        {
            var result = await running[i];
            var (agent, task) = (assignments[i]["agent"]!.ToString(), assignments[i]["task"]!.ToString()); // as above
            work.Ledger.Add(result.Usage);
            var report = result.Failure is { } failure ? $"failed ({failure.Code}): {failure.Message}" : ModelText.Of(result.Output);
            reports.Append(Prompts.Report).Append(agent).Append(":\n").Append(ModelText.Cut(report, LongestReport)).Append("\n\n");
            _chain.Add(new JsonObject
            {
                ["thought"] = "",
                ["action"] = agent,
                ["action_input"] = ModelText.Cut(task, 1_000),
                ["observation"] = ModelText.Cut(report, 1_000),
            });
        }

        return reports.ToString();
    }

    private async Task<AgentResult> StartAsync(string place, string name, string task)
    {
        var chosen = work.Input.Delegates.First(x => x.Name == name);
        var (run, limit) = (chosen.Run, chosen.Timeout);
        var key = $"{work.Key}/{place}/{name}";
        var input = run with { Prompt = task, RunKey = key, Context = work.Input.Context?.DeepClone().AsObject() };
        try
        {
            var (timedOut, result) = await TimeLimit.RunAsync(
                work.Context, limit, token => AgentRun.StartAsync(work.Context, input, $"{place}/{name}", token), work.CancellationToken);
            return !timedOut && result is not null ? result : new AgentResult(null, result?.Usage ?? new AgentUsage(), new FailureDetails(
                "timeout", $"The agent '{name}' took longer than {limit?.TotalSeconds:0.###} s, the limit of its card."));
        }
        catch (SubOrchestrationFailedException exception)
        {
            return new AgentResult(null, new AgentUsage(), exception.Failure);
        }
    }

    private async Task<JsonNode?> AnswerAsync(List<ChatTurn> messages, JsonNode? decision, int round)
    {
        if (work.Input.Config.OutputSchema is { } schema)
        {
            messages.Add(ChatTurn.User(Prompts.FinalAnswer + AgentWork.FormOf(schema, jsonMode: true)));
            return await work.AskForJsonAsync(
                new ModelQuestion($"{work.Key}/{round}/answer", messages) { Schema = schema, JsonMode = true });
        }

        return new JsonObject
        {
            ["answer"] = decision?["answer"]?.DeepClone() ?? decision?["thought"]?.DeepClone() ?? "",
            ["reasoning_chain"] = _chain,
            ["iterations"] = round,
        };
    }
}
