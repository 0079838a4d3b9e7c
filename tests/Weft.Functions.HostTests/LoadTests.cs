using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>Large things, wide things, and many at once.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class LoadTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(240));

    [Fact]
    public async Task Payload_OfAMegabyte_GoesThroughWhole()
    {
        await fixture.Host.PutTestWorkflowAsync("echo", _deadline.Token);
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(n => $"{n:000000} 日\n"));

        var document = await RunAsync("echo", new JsonObject { ["text"] = text });

        Assert.Equal(text, (string?)document.Output!["text"]);
    }

    [Theory]
    [InlineData("wide")]
    [InlineData("asking")]
    public async Task Collection_OfTwoHundred_Completes(string workflow)
    {
        await fixture.Host.PutTestWorkflowAsync(workflow, _deadline.Token);
        var items = new JsonArray([.. Enumerable.Range(1, 200).Select(n => (JsonNode)n)]);

        var document = await RunAsync(workflow, new JsonObject { ["items"] = items });

        Assert.Equal(200, document.Outputs["each"]!["output"]!.AsArray().Count);
    }

    [Fact]
    public async Task Executions_FiftyAtOnce_DoNotMix()
    {
        var asked = await Task.WhenAll(Enumerable.Range(1, 50).Select(async n =>
        {
            var order = (70_200 + n).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var id = await fixture.Host.StartExecutionAsync(
                "customer_support_advanced",
                new JsonObject { ["customer_message"] = $"I want to return my order #{order}, it arrived damaged" },
                Json($$"""
                    {"conversation_id":"conv_{{order}}","customer_id":"cust_{{order}}","customer_email":"c{{order}}@example.com",
                     "agent_id":"agent_7"}
                    """),
                _deadline.Token);
            return (Order: order, Document: await fixture.Host.AwaitEndAsync(id, _deadline.Token));
        }));

        Assert.All(asked, x => Assert.Equal((ExecutionStatus.Completed, null), (x.Document.Status, x.Document.Error?.Message)));
        var calls = fixture.Sandbox.Log.Entries.ToolCalls();
        foreach (var (order, document) in asked)
        {
            Assert.Contains(order, (string?)document.Outputs["assemble_response"]!["output"]!["text"], StringComparison.Ordinal);
            var own = calls.Where(c => c.Request!.ToJsonString().Contains(order, StringComparison.Ordinal)).ToList();
            Assert.Equal(1, own.Count(c => c.Tool == "SHOPIFY_CREATE_RETURN"));
            Assert.Equal($"c{order}@example.com", (string?)own.Single(c => c.Tool == "GMAIL_SEND_EMAIL").Arguments()["recipient_email"]);
        }
    }

    private async Task<ExecutionDocument> RunAsync(string workflow, JsonObject input)
    {
        var id = await fixture.Host.StartExecutionAsync(workflow, input, null, _deadline.Token);
        var document = await fixture.Host.AwaitEndAsync(id, _deadline.Token);
        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        return document;
    }

    public void Dispose() => _deadline.Dispose();
}
