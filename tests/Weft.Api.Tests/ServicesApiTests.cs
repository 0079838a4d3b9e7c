using System.Net;
using System.Text.Json.Nodes;
using Weft.Sandbox;

namespace Weft.Api.Tests;

/// <summary>Models, tools, usage and memory over HTTP, with the simulators behind them.</summary>
public sealed class ServicesApiTests(SandboxedApiHost shared) : IClassFixture<SandboxedApiHost>
{
    private ApiHost Host => shared.Host;

    [Theory]
    [InlineData("llm/models")]
    [InlineData("costs/workflows")]
    [InlineData("budgets")]
    [InlineData("composio/apps")]
    [InlineData("composio/apps/shopify/actions")]
    [InlineData("composio/connections?entity_id=cust_789")]
    [InlineData("usage/actions")]
    [InlineData("usage/agents?period=weekly")]
    public async Task Lists_AreItems(string path)
    {
        var answer = await Host.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.IsType<JsonArray>(answer.Json["items"]);
    }

    [Theory]
    [InlineData("workflows/llm/models", "llm/models")]
    [InlineData("workflows/composio/apps/shopify/actions", "composio/apps/shopify/actions")]
    public async Task PathsBelowWorkflows_AnswerTheSame(string spelled, string path) =>
    Assert.Equal((await Host.GetAsync(path)).Text, (await Host.GetAsync(spelled)).Text);

    [Fact]
    public async Task TheSupportWorkflow_RunsWholeOverHttp()
    {
        const string Body = """
            {
              "workflow_id": "customer_support_advanced",
              "input_data": {"customer_message": "Where is my order #12345?"},
              "context": {"conversation_id": "c1", "customer_id": "cust_789", "customer_email": "john@example.com", "agent_id": "agent_1", "team_id": "team_1"}
            }
            """;

        var done = await Host.PostAsync("workflows/execute?wait=50", Body);

        Assert.True(done.Status == HttpStatusCode.OK && done.Json["status"]!.GetValue<string>() == "completed", done.Text);
        Assert.True(done.Json["sandbox"]!.GetValue<bool>());
        Assert.NotNull(done.Json["outputs"]!["assemble_response"]!["output"]);
        Assert.True(done.Json["total_cost_usd"]!.GetValue<double>() > 0);
        Assert.True((await Host.GetAsync("costs/summary")).Json["summary"]!["total_calls"]!.GetValue<int>() > 0);
        Assert.Contains((await Host.GetAsync("usage/agents")).Json["items"]!.AsArray(),
            a => a!["agent"]!.GetValue<string>() == "simple_intent_classifier");
    }

    [Fact]
    public async Task CostSummary_HasTotalsAndCostsByModelAndWorkflow()
    {
        var summary = (await Host.GetAsync("costs/summary?period=monthly")).Json;

        Assert.Equal("monthly", summary["period"]!.GetValue<string>());
        Assert.Equal(
            ["total_calls", "total_cost_usd", "avg_cost_usd", "total_tokens", "avg_latency_ms"],
            summary["summary"]!.AsObject().Select(p => p.Key).Take(5));
        Assert.IsType<JsonArray>(summary["by_model"]);
        (await Host.GetAsync("costs/summary?period=yearly")).ShouldBe(400, "unknown_period");
    }

    [Fact]
    public async Task Route_WithoutACall_RanksModelsAndSaysWhy()
    {
        var decision = await Host.PostAsync("llm/route",
            """{"messages": [{"role": "user", "content": "Hello"}], "profile": "fast", "constraints": {"max_cost_per_call": 1}}""");

        Assert.Equal(HttpStatusCode.OK, decision.Status);
        Assert.NotEmpty(decision.Json["ranked"]!.AsArray());
        Assert.NotEmpty(decision.Json["reasoning"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"messages": "Hello"}""", 400, "invalid_body")]
    [InlineData("""{"messages": [5]}""", 400, "invalid_body")]
    [InlineData("""{"messages": [], "constraints": {"max_cost_per_call": "cheap"}}""", 400, "invalid_body")]
    [InlineData("""{"messages": [], "profile": "quick"}""", 422, "unknown_profile")]
    public async Task Route_WithAWrongBody_SaysWhere(string body, int status, string code) =>
    (await Host.PostAsync("llm/route", body)).ShouldBe(status, code);

    [Fact]
    public async Task Search_ForActions_FindsThemByWhatTheyDo()
    {
        await Host.GetAsync("composio/apps/shopify/actions");

        var found = await Host.GetAsync("composio/actions/search?query=refunds%20of%20an%20order&limit=3");

        Assert.True(found.Json["items"]!.AsArray().Any(a => a!["action_name"]!.GetValue<string>() == "get_order_refunds"), found.Text);
        (await Host.GetAsync("composio/actions/search")).ShouldBe(400, "invalid_parameter");
    }

    [Fact]
    public async Task Execute_AnAction_CallsItAndCountsIt()
    {
        var done = await Host.PostAsync(
            "composio/actions/shopify/get_order/execute", """{"params": {"order_id": "12345"}, "entity_id": "cust_789"}""");

        Assert.True(done.Status == HttpStatusCode.OK, done.Text);
        Assert.True(done.Json["success"]!.GetValue<bool>(), done.Text);
        var usage = await Host.GetAsync("usage/actions?user_id=cust_789");
        Assert.Contains(usage.Json["items"]!.AsArray(), u => u!["action_name"]!.GetValue<string>() == "get_order");
        Assert.True((await Host.GetAsync("analytics/executions")).Json["total_executions"]!.GetValue<int>() > 0);
    }

    [Theory]
    [InlineData("composio/actions/shopify/get_ordr/execute", """{"params": {}, "entity_id": "cust_789"}""", 404, "unknown_tool")]
    [InlineData("composio/actions/shopify/get_order/execute", """{"params": {}, "entity_id": "cust_789"}""", 422, "invalid_arguments")]
    [InlineData("composio/actions/shopify/get_order/execute", """{"params": []}""", 400, "invalid_body")]
    [InlineData("composio/actions/shopify/get_order/execute", """{"params": {"order_id": "12345"}}""", 409, "not_connected")]
    [InlineData("composio/batch", "{}", 400, "invalid_body")]
    [InlineData("composio/batch", """{"actions": []}""", 422, "invalid_batch")]
    [InlineData("composio/batch", """{"actions": [{"params": {}}]}""", 400, "invalid_body")]
    public async Task Execute_WhatCannotBeCalled_IsTheCallersProblem(string path, string body, int status, string code) =>
    (await Host.PostAsync(path, body)).ShouldBe(status, code);

    [Fact]
    public async Task Batch_AnswersInTheOrderOfTheRequest()
    {
        var done = await Host.PostAsync(
            "composio/batch",
            """{"user_id": "cust_789", "parallel": true, "actions": [{"tool": "shopify.get_order", "params": {"order_id": "12345"}}, {"app_name": "shopify", "action_name": "nothing"}]}""");

        Assert.True(done.Status == HttpStatusCode.OK, done.Text);
        Assert.Equal([true, false], done.Json["results"]!.AsArray().Select(r => r!["success"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Connect_Consent_AndComeBack_IsAConnection()
    {
        var started = await Host.PostAsync("composio/connect/gmail?entity_id=new_user");
        Assert.True(started.Status == HttpStatusCode.OK, started.Text);
        var id = started.Json["connection_id"]!.GetValue<string>();
        using var browser = new HttpClient();
        using var consent = await browser.GetAsync(started.Json["authorization_url"]!.GetValue<string>());

        var back = await Host.GetAsync($"composio/callback?connected_account_id={id}&status=success", ("Accept", "application/json"));
        var listed = await Host.GetAsync("composio/connections?entity_id=new_user");
        var deleted = await Host.SendAsync(HttpMethod.Delete, "composio/connections/" + id);

        Assert.True(back.Status == HttpStatusCode.OK, back.Text);
        Assert.Contains(listed.Json["items"]!.AsArray(), c => c!["connection_id"]!.GetValue<string>() == id);
        Assert.Equal("revoked", deleted.Json["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("composio/connect/gmail", "{}", 400, "invalid_body")]
    [InlineData("composio/connect/gmail?entity_id=x&redirect_url=javascript:alert(1)", "{}", 422, "invalid_connection")]
    [InlineData("composio/connections/nothing/refresh", "{}", 404, "connection_not_found")]
    public async Task Connect_WithWhatCannotBe_SaysSo(string path, string body, int status, string code) =>
    (await Host.PostAsync(path, body)).ShouldBe(status, code);

    [Fact]
    public async Task Callback_WithoutAnId_Is400() =>
    (await Host.GetAsync("composio/callback?status=success")).ShouldBe(400, "invalid_parameter");

    [Fact]
    public async Task Select_ATool_ByIntent()
    {
        await Host.GetAsync("composio/apps/shopify/actions");

        var selected =
            await Host.PostAsync("tools/select", """{"user_intent": "look up the order of a customer", "tools": ["shopify.*"]}""");
        var suggested = await Host.PostAsync("tools/suggest", """{"query": "order"}""");

        Assert.StartsWith("shopify.", selected.Json["selected_tool"]!.GetValue<string>());
        Assert.NotEmpty(suggested.Json["items"]!.AsArray());
        (await Host.PostAsync("tools/select")).ShouldBe(400, "invalid_body");
    }

    [Fact]
    public async Task Memory_WrittenAppendedReadDeleted_IsARoundTrip()
    {
        await Host.SendAsync(HttpMethod.Put, "memory/user:1", """[{"role": "user", "content": "one"}]""");
        await Host.PostAsync("memory/user:1", """{"role": "assistant", "content": "two"}""");
        var read = await Host.GetAsync("memory/user:1?limit=10");
        var health = await Host.GetAsync("memory/health?key=user:1");
        await Host.SendAsync(HttpMethod.Delete, "memory/user:1");
        var gone = await Host.GetAsync("memory/user:1");

        Assert.Equal(["one", "two"], read.Json["messages"]!.AsArray().Select(m => m!["content"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.Empty(gone.Json["messages"]!.AsArray());
        (await Host.SendAsync(HttpMethod.Put, "memory/user:1", """[{"role": "robot", "content": "x"}]""")).ShouldBe(
            422, "invalid_memory_request");
        Assert.Equal("healthy", (await Host.GetAsync("memory/health")).Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Knowledge_PutAndSearched_FindsThePassage()
    {
        var put = await Host.SendAsync(HttpMethod.Put, "knowledge/faq/documents",
            """{"documents": [{"id": "returns", "content": "Returns are free for 30 days."}]}""");
        var found = await Host.PostAsync("knowledge/faq/search", """{"query": "how long can I return things"}""");

        Assert.Equal(1, put.Json["documents"]!.GetValue<int>());
        Assert.Equal("returns", found.Json["items"]![0]!["id"]!.GetValue<string>());
        (await Host.SendAsync(HttpMethod.Put, "knowledge/faq/documents", """{"documents": [{"id": 5}]}""")).ShouldBe(400, "invalid_body");
        Assert.Equal(HttpStatusCode.NoContent, (await Host.SendAsync(HttpMethod.Delete, "knowledge/faq/documents/returns")).Status);
        (await Host.SendAsync(HttpMethod.Delete, "knowledge/faq/documents/returns")).ShouldBe(404, "document_not_found");
    }
}

/// <summary>A host whose providers and Composio are the simulators.</summary>
public sealed class SandboxedApiHost : IAsyncLifetime
{
    private SandboxServer _sandbox = null!; // InitializeAsync comes first.

    public ApiHost Host { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var settings = _sandbox.EnvironmentVariables.ToDictionary(v => v.Key, v => (string?)v.Value);
        settings["Weft:Executions:Sandbox"] = "true";
        settings["Weft:Workflows:Paths:0"] = Path.Combine(AppContext.BaseDirectory, "../../../../../workflows");
        Host = await ApiHost.StartAsync(settings, scripted: false);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await _sandbox.DisposeAsync();
    }
}
