using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd;

/// <summary>Every file that the product ships runs over the sandbox, as its comments say.</summary>
[Collection(ServerCollection.Name)]
public sealed class ExampleTests(SharedServer shared) : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    public static TheoryData<string, string, string> Examples => new()
    {
        { "customer_support_advanced.yaml", """{"customer_message":"I want to return my order #70002, it arrived damaged"}""",
            """{"conversation_id":"conv_x1","customer_id":"cust_70002","customer_email":"robin@example.com"}""" },
        { "customer-support.yaml", """{"customer_id":"c1","message":"The app crashes when I log in"}""", "{}" },
        { "hello-world.yaml", """{"name":"Alice"}""", "{}" },
        { "nested-everything.yaml", """{"teams":[{"name":"red","scores":[3,5]},{"name":"blue","scores":[]}]}""", "{}" },
        { "scheduled-report.yaml", "{}", """{"team_id":"team_1"}""" },
        { "steps-issue.yaml", """{"title":"Login fails","priority":"high"}""", """{"user_id":"user_123"}""" },
        { "task-types.yaml", """{"text":"to be or not to be","numbers":[3,1,2],"kind":"urgent"}""", "{}" },
        { "approval.yaml", """{"order_id":"12345","amount":20,"customer_id":"cust_789"}""", "{}" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_WithTheInputThatItNames_Completes(string file, string input, string context)
    {
        var id = Path.GetFileNameWithoutExtension(file);
        await shared.Server.PutWorkflowAsync(id, File.ReadAllText(Example(file)), _deadline.Token);

        var document = await shared.Server.ExecuteAsync(id, Json(input), Json(context), _deadline.Token);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        Assert.NotNull(document.Output);
    }

    [Fact]
    public async Task DataPipeline_WithoutItsToken_SaysWhatToSet()
    {
        var document = await shared.Server.ExecuteAsync(
            "data-pipeline", Json("""{"sources":[{"name":"orders","path":"/orders.json"}]}"""), null, _deadline.Token);

        Assert.Equal((ExecutionStatus.Failed, "extract"), (document.Status, document.Error?.NodeId));
        Assert.Contains("Set the variable DATA_API_TOKEN", document.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryExample_IsRegisteredAtTheStart()
    {
        var listed = (await shared.Server.GetAsync("workflows?limit=200", _deadline.Token)).Json;
        var ids = ((listed as JsonArray) ?? listed["items"]!.AsArray()).Select(w => (string)w!["id"]!).ToList();

        Assert.Equal(
            [],
            Directory.GetFiles(Texts.Examples, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Where(f => !ids.Contains(f)));
        Assert.Equal(
            Directory.GetFiles(Texts.Examples, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
            Examples.Select(e => (string)e[0]).Append("data-pipeline.yaml").Order(StringComparer.Ordinal));
    }

    public void Dispose() => _deadline.Dispose();
}
