using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.EndToEnd.Harness;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd.Wording;

/// <summary>The sandbox goes by what a service sees, not by how the product words its prompts: with every prompt in other words,
/// everything runs and ends the same.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class RewordedPromptTests(SharedServer plain, RewordedServer reworded) : IClassFixture<RewordedServer>, IDisposable
{
    private const string Context =
        """{"conversation_id":"conv_r","customer_id":"cust_456","customer_email":"jane.smith@example.com","agent_id":"agent_7","team_id":"team_1"}""";

    private const string Lead = """
        name: lead
        agents:
          - id: lead
            type: supervisor
            instructions: You lead.
            supervisor: { agents: [simple, reasoning], max_rounds: 2 }
            actions: [{ id: answer, prompt: "Where is order 12346?" }]
        tasks:
          - { id: ask, agent: lead, action: answer }
        """;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(120));

    public static TheoryData<string, string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string, string>();
            foreach (var example in ExampleTests.Examples)
            {
                // Orders of these tests' own: one that was returned or refunded already is another story.
                var input = ((string)example[1]).Replace("70002", "70078", StringComparison.Ordinal).Replace(
                    "12345", "70079", StringComparison.Ordinal);
                runs.Add((string)example[0], input, (string)example[2]);
            }

            foreach (var message in new[] { "Where is my order #12346?", "This is outrageous, I am very angry!",
                "What are your opening hours?", "I want to return order 99999" })
            {
                runs.Add("customer_support_advanced.yaml", new JsonObject { ["customer_message"] = message }.ToJsonString(), Context);
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public Task Example_WithEveryPromptInOtherWords_EndsTheSame(string file, string input, string context) =>
        EndsTheSameAsync(Path.GetFileNameWithoutExtension(file), File.ReadAllText(Example(file)), Json(input), Json(context));

    [Fact]
    public Task Supervisor_WithEveryPromptInOtherWords_EndsTheSame() => EndsTheSameAsync("lead", Lead, [], Json(Context));

    [Fact]
    public async Task Prompts_OfTheProduct_AreReworded()
    {
        await EndsTheSameAsync(
            "customer_support_advanced", File.ReadAllText(Example("customer_support_advanced.yaml")),
            Json("""{"customer_message":"I want to return my order #70077, it arrived damaged"}"""), Json(Context));

        Assert.Contains(Weft.Workflows.Agents.Prompts.Planner, reworded.Met.Keys);
        Assert.Contains(Weft.Workflows.Agents.Prompts.Account, reworded.Met.Keys);
        Assert.Contains(Weft.Agents.Models.Calls.Prompts.FitsSchema, reworded.Met.Keys);
    }

    public void Dispose() => _deadline.Dispose();

    private async Task EndsTheSameAsync(string id, string text, JsonObject input, JsonObject context)
    {
        var ends = new List<string>();
        foreach (var server in new[] { plain.Server, reworded.Server })
        {
            await server.PutWorkflowAsync(id, text, _deadline.Token);
            var document = await server.ExecuteAsync(id, input.DeepClone().AsObject(), context.DeepClone().AsObject(), _deadline.Token);
            Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
            ends.Add(OfTheRun().Replace(document.Output!.ToJsonString(), "…"));
        }

        Assert.Equal(ends[0], ends[1]);
    }

    /// <summary>What differs between two runs anyway: addresses, times, numbers of returns, ids.</summary>
    [GeneratedRegex(@"127\.0\.0\.1:\d+|\d{4}-\d\d-\d\dT[\d:.]+Z|RET-\d+|""number"":\d+|issues/\d+|""ts"":""[\d.]+""")]
    private static partial Regex OfTheRun();
}
