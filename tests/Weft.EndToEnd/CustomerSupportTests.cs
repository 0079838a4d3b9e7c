using Weft.EndToEnd.Harness;
using Weft.Sandbox.Wire;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd;

/// <summary>The whole product on the workflow that it was made for, as its authors wrote it.</summary>
[Collection(ServerCollection.Name)]
public sealed class CustomerSupportTests(SharedServer shared) : IDisposable
{
    private const string Workflow = "customer_support_advanced";
    private static readonly string[] Branches = ["handle_order_status", "handle_return", "handle_complaint", "handle_general"];

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task OrderStatus_IsAnsweredFromTheOrderAndItsTracking()
    {
        var (document, calls) = await AskAsync("Where is my order #12346?", "cust_456", "jane.smith@example.com");

        AssertRan(document, "order_status", "handle_order_status");
        Assert.Equal(["SHOPIFY_GET_ORDER", "SHOPIFY_GET_TRACKING_INFO"], calls.Select(c => c.Tool));
        Assert.All(calls, c => Assert.Equal(("cust_456", "12346"), (c.User(), (string?)c.Arguments()["order_id"])));
        Assert.Contains("TRK-774912345678", AnswerOf(document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_IsMadeLabelledAndConfirmedByMail()
    {
        // An order of this test's own: one that was returned already is another story.
        var (document, calls) = await AskAsync("I want to return my order #70001, it arrived damaged", "cust_70001", "robin@example.com");

        AssertRan(document, "return_request", "handle_return");
        Assert.Equal(
            ["SHOPIFY_GET_ORDER", "SHOPIFY_CREATE_RETURN", "SHOPIFY_GENERATE_RETURN_LABEL", "GMAIL_SEND_EMAIL"], calls.Select(c => c.Tool));
        Assert.All(calls.Take(3), c => Assert.Equal("cust_70001", c.User()));
        Assert.All(calls.Take(2), c => Assert.Equal("70001", (string?)c.Arguments()["order_id"]));
        Assert.Contains("damaged", (string?)calls[1].Arguments()["reason"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("agent_7", "robin@example.com"), (calls[3].User(), (string?)calls[3].Arguments()["recipient_email"]));
        var result = document.Outputs["handle_return"]!["output"]!;
        Assert.True((bool)result["success"]!);
        var label = calls.Single(c => c.Tool == "SHOPIFY_GENERATE_RETURN_LABEL").Answer!["data"]!["label_url"]!;
        Assert.Contains((string)label!, AnswerOf(document), StringComparison.Ordinal);
        Assert.Contains((string)label!, calls[3].Arguments().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complaint_ReachesASupervisor()
    {
        var (document, calls) =
            await AskAsync("This is outrageous, I am very angry, your service is terrible!", "cust_456", "jane.smith@example.com");

        AssertRan(document, "complaint", "handle_complaint");
        var told = Assert.Single(calls);
        Assert.Equal(("SLACK_SEND_MESSAGE", "team_1"), (told.Tool, told.User()));
        Assert.Contains("outrageous", told.Arguments().ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(AnswerOf(document));
    }

    [Fact]
    public async Task GeneralInquiry_IsAnsweredWithoutATool()
    {
        var (document, calls) = await AskAsync("What are your opening hours?", "cust_456", "jane.smith@example.com");

        AssertRan(document, "general_inquiry", "handle_general");
        Assert.Empty(calls);
        Assert.Contains("opening hours", AnswerOf(document), StringComparison.Ordinal);
    }

    private async Task<(ExecutionDocument Document, IReadOnlyList<LogEntry> ToolCalls)> AskAsync(
        string message, string customer, string email)
    {
        await shared.Server.PutWorkflowAsync(Workflow, Fixture("customer_support_advanced.yaml"), _deadline.Token);
        var before = shared.Sandbox.Log.Last();
        var document = await shared.Server.ExecuteAsync(
            Workflow,
            new() { ["customer_message"] = message },
            new() { ["conversation_id"] = "conv_" + Guid.NewGuid(), ["customer_id"] = customer, ["customer_email"] = email,
                ["agent_id"] = "agent_7", ["team_id"] = "team_1" },
            _deadline.Token);
        return (document, shared.Sandbox.Log.Since(before).ToolCalls());
    }

    private static string AnswerOf(ExecutionDocument document) => (string)document.Outputs["assemble_response"]!["output"]!["text"]!;

    private static void AssertRan(ExecutionDocument document, string intent, string branch)
    {
        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        Assert.Equal(intent, (string?)document.Outputs["classify_intent"]!["output"]!["intent"]);
        Assert.Equal(["classify_intent", branch, "assemble_response"], document.Outputs.Select(o => o.Key));
        Assert.Equal(document.Outputs["assemble_response"]!["output"]!.ToJsonString(), document.Output!.ToJsonString());

        var nodes = document.Trace.Nodes.ToDictionary(n => n.NodeId);
        Assert.Equal(6, nodes.Count);
        foreach (var executed in new[] { "classify_intent", branch, "assemble_response" }.Select(id => nodes[id]))
        {
            Assert.Equal((NodeStatus.Completed, null, 1), (executed.Status, executed.Error?.Message, executed.Attempt));
            Assert.True(
                executed is { CostUsd: > 0, InputTokens: > 0, OutputTokens: > 0, Model: not null, Provider: not null, StartedAt: not null,
                    AgentType: not null }, executed.ToString());
            Assert.All(executed.ModelCalls, c => Assert.True(c is { Status: "success", CostUsd: > 0, Reason.Length: > 0 }, c.ToString()));
            Assert.All(executed.ToolCalls, c => Assert.Equal("success", c.Status));
        }

        foreach (var skipped in Branches.Where(b => b != branch).Select(id => nodes[id]))
        {
            Assert.Equal((NodeStatus.Skipped, 0d), (skipped.Status, skipped.CostUsd));
            Assert.False(string.IsNullOrEmpty(skipped.Reason));
        }

        Assert.True(document.TotalCostUsd > 0);
        Assert.Equal(document.TotalCostUsd, document.Trace.Costs.ByNode.Values.Sum(), 9);
        Assert.Equal(document.TotalCostUsd, document.Trace.Costs.ByModel.Values.Sum(), 9);
        Assert.Equal(document.TotalCostUsd, document.Trace.Costs.TotalUsd, 9);
    }

    public void Dispose() => _deadline.Dispose();
}
