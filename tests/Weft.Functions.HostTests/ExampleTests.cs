using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>What the product ships runs on the Azure host as it does embedded: the documents are the same, field by field.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class ExampleTests(BothHosts hosts) : IClassFixture<BothHosts>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(180));

    public static TheoryData<string, string, string> Examples => new()
    {
        { "customer_support_advanced", """{"customer_message":"I want to return my order #70002, it arrived damaged"}""",
            """{"conversation_id":"conv_x1","customer_id":"cust_70002","customer_email":"robin@example.com","agent_id":"agent_7"}""" },
        { "customer_support_advanced", """{"customer_message":"Where is my order #12346?"}""",
            """{"conversation_id":"conv_x2","customer_id":"cust_456","customer_email":"jane.smith@example.com"}""" },
        { "customer_support_advanced", """{"customer_message":"This is outrageous, I am very angry, your service is terrible!"}""",
            """{"conversation_id":"conv_x3","customer_id":"cust_456","customer_email":"jane.smith@example.com","team_id":"team_1"}""" },
        { "customer_support_advanced", """{"customer_message":"What are your opening hours?"}""",
            """{"conversation_id":"conv_x4","customer_id":"cust_456","customer_email":"jane.smith@example.com"}""" },
        { "customer-support", """{"customer_id":"c1","message":"The app crashes when I log in"}""", "{}" },
        { "data-pipeline", """{"sources":[{"name":"orders","path":"/orders.json"}]}""", "{}" },
        { "hello-world", """{"name":"Alice"}""", "{}" },
        { "nested-everything", """{"teams":[{"name":"red","scores":[3,5]},{"name":"blue","scores":[]}]}""", "{}" },
        { "scheduled-report", "{}", """{"team_id":"team_1"}""" },
        { "steps-issue", """{"title":"Login fails","priority":"high"}""", """{"user_id":"user_123"}""" },
        { "task-types", """{"text":"to be or not to be","numbers":[3,1,2],"kind":"urgent"}""", "{}" },
        { "approval", """{"order_id":"12345","amount":20,"customer_id":"cust_789"}""", "{}" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_OnTheAzureHost_EndsWithTheDocumentOfTheEmbeddedOne(string workflow, string input, string context)
    {
        var embedded = await RunAsync(hosts.Embedded, workflow, input, context);
        var azure = await RunAsync(hosts.Azure.Host, workflow, input, context);

        ExecutionDifferences.AssertNone(embedded, azure);
    }

    [Fact]
    public void EveryExample_IsAmongThem() =>
        Assert.Equal(
            Directory.GetFiles(Texts.Examples, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Examples.Select(e => (string)e[0]).Distinct().Order(StringComparer.Ordinal));

    // The simulated shop begins anew each time, so that both find the same world.
    private async Task<JsonNode> RunAsync(ApiClient host, string workflow, string input, string context)
    {
        hosts.Azure.Sandbox.State.Reset();
        var id = await host.StartExecutionAsync(workflow, Json(input), Json(context), _deadline.Token);
        await host.AwaitEndAsync(id, _deadline.Token);
        return (await host.GetAsync("executions/" + id, _deadline.Token)).Json;
    }

    public void Dispose() => _deadline.Dispose();
}
