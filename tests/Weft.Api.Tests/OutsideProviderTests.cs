using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Records;
using Weft.Sandbox;
using Weft.Sandbox.Script;

namespace Weft.Api.Tests;

/// <summary>A provider of tools that another assembly adds works from the file to the record, as the product's own do.</summary>
public sealed class OutsideProviderTests : IAsyncLifetime
{
    private const string Token = "desk-token-0123456789";
    private readonly DeskTools _desk = new();
    private SandboxServer _sandbox = null!; // InitializeAsync comes first
    private ApiHost _host = null!; // InitializeAsync comes first

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var settings = _sandbox.EnvironmentVariables.ToDictionary(v => v.Key, v => (string?)v.Value);
        settings["DESK_TOKEN"] = Token;
        settings["Weft:Tools:CacheTtl:desk"] = "00:10:00";
        settings["Weft:Tools:RetryDelay"] = "00:00:00.010";
        _host = await ApiHost.StartAsync(settings, services => services.AddSingleton<IToolProvider>(_desk), scripted: false);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Step_NamingATool_CallsIt_AndTraceRecordAndUsageTellOfIt()
    {
        var ended = await RunAsync("tasks: [{ id: find, tool: desk.find_ticket, with: { id: T-7 } }]");

        Assert.Equal("ticket T-7", ended["output"]!["subject"]!.GetValue<string>());
        var node = ended["trace"]!["nodes"]![0]!;
        Assert.Equal("desk.find_ticket", node["tool_calls"]![0]!["tool"]!.GetValue<string>());
        Assert.Empty(node["warnings"]?.AsArray() ?? []);
        var record = Assert.Single(await RecordsOfAsync(ended));
        Assert.Equal(("desk", "find_ticket", ToolCallStatus.Succeeded, null), (record.App, record.Action, record.Status, record.EntityId));
        var usage = await _host.GetAsync("usage/actions");
        Assert.Contains(usage.Json["items"]!.AsArray(), u => u!["app_name"]!.GetValue<string>() == "desk");
    }

    [Fact]
    public async Task File_WithAToolOfItsType_LoadsWithoutAFinding_AndTheRunnerGetsItsSettings()
    {
        var ended = await RunAsync(
            """
            tools: [{ id: helpdesk, type: desk, config: { token: "Bearer {{ env.DESK_TOKEN }}" } }]
            tasks: [{ id: find, tool: helpdesk, with: { id: T-7 } }]
            """);

        Assert.Equal($"Bearer {Token}", Assert.Single(_desk.Runner.Attempts).Settings["token"]!.GetValue<string>());
        Assert.Equal("Bearer [env.DESK_TOKEN]", ended["output"]!["seen_with"]!.GetValue<string>());
    }

    [Fact]
    public async Task Agent_GivenAllOfTheApp_IsShownItsTools_AndCallsOne()
    {
        _sandbox.Script.Set(
            new ScriptRule
            {
                Match = new ScriptMatch { Nth = 1 },
                Reply = new ScriptReply { ToolCalls = [new ScriptCall { Name = "desk_find_ticket",
                    Arguments = new JsonObject { ["id"] = "T-8" } }] },
            },
            new ScriptRule { Reply = new ScriptReply { Text = "It is ticket T-8." } });

        var ended = await RunAsync(
            """
            agents: [{ id: clerk, model: gpt-4o, type: reasoning, instructions: Find tickets., tools: ["desk.*"] }]
            tasks: [{ id: find, agent: clerk, prompt: Which ticket is it? }]
            """);

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.Equal("T-8", Assert.Single(_desk.Runner.Attempts).Arguments["id"]!.GetValue<string>());
        var shown = _sandbox.Log.Entries.First(e => e.Model is not null).Request!["tools"]!.ToJsonString();
        Assert.Contains("desk_find_ticket", shown, StringComparison.Ordinal);
        Assert.Contains("desk_close_ticket", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfAnAppWithACache_IsAnsweredFromIt()
    {
        await RunAsync("tasks: [{ id: find, tool: desk.find_ticket, with: { id: T-7 } }]");
        await RunAsync("tasks: [{ id: find, tool: desk.find_ticket, with: { id: T-7 } }]");

        Assert.Single(_desk.Runner.Attempts);
    }

    [Fact]
    public async Task Write_WhoseLineBreaks_IsMadeOnce_AndItsOutcomeIsUnknown()
    {
        var ended = await RunAsync("tasks: [{ id: shut, tool: desk.close_ticket, with: { id: T-0 }, retry: 3 }]");

        Assert.Equal("unknown_outcome", ended["error"]!["code"]!.GetValue<string>());
        Assert.Single(_desk.Runner.Attempts);
        Assert.Equal(ToolCallStatus.Started, Assert.Single(await RecordsOfAsync(ended)).Status);
    }

    [Fact]
    public async Task Arguments_ThatDoNotFit_AreRefusedBeforeTheProviderIsAsked()
    {
        var ended = await RunAsync("tasks: [{ id: find, tool: desk.find_ticket, with: { ticket: T-7 } }]");

        Assert.Equal("invalid_arguments", ended["error"]!["code"]!.GetValue<string>());
        Assert.Empty(_desk.Runner.Attempts);
    }

    [Fact]
    public async Task Directory_HasItsAppAndActions_AndFindsThem()
    {
        var apps = await _host.GetAsync("composio/apps");
        var actions = await _host.GetAsync("composio/apps/desk/actions");
        var found = await _host.GetAsync("composio/actions/search?query=close%20a%20ticket&limit=1");
        var chosen = await _host.PostAsync("tools/select", """{"user_intent": "close a ticket"}""");

        Assert.Contains("desk", apps.Json["items"]!.AsArray().Select(a => a!["name"]!.GetValue<string>()));
        Assert.Equal(["close_ticket", "find_ticket"], actions.Json["items"]!.AsArray().Select(a => a!["action_name"]!.GetValue<string>()));
        Assert.Equal("close_ticket", found.Json["items"]![0]!["action_name"]!.GetValue<string>());
        Assert.Equal("desk.close_ticket", chosen.Json["selected_tool"]!.GetValue<string>());
    }

    [Fact]
    public async Task DirectCall_ReachesIt()
    {
        var done = await _host.PostAsync("composio/actions/desk/find_ticket/execute", """{"params": {"id": "T-9"}}""");

        Assert.True(done.Status == HttpStatusCode.OK, done.Text);
        Assert.Equal("ticket T-9", done.Json["result"]!["subject"]!.GetValue<string>());
    }

    private Task<IReadOnlyList<ToolCallRecord>> RecordsOfAsync(JsonNode ended) => _host.Services.GetRequiredService<ToolCallRecords>()
        .ListAsync(ended["execution_id"]!.GetValue<string>(), CancellationToken.None);

    private async Task<JsonNode> RunAsync(string body)
    {
        var put = await _host.PutWorkflowAsync("tickets", $"name: tickets\n{body}");
        Assert.True(put.Status is HttpStatusCode.Created or HttpStatusCode.OK, put.Text);
        Assert.Empty(put.Json["diagnostics"]?.AsArray() ?? []);
        var started = await _host.PostAsync("workflows/tickets/executions");
        Assert.True(started.Status == HttpStatusCode.Accepted, started.Text);
        return await _host.AwaitStatusAsync(started.Json["execution_id"]!.GetValue<string>(), "completed", "failed");
    }
}
