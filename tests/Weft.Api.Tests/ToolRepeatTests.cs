using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox;
using Weft.Sandbox.Script;

namespace Weft.Api.Tests;

/// <summary>The repeats of a tool call have one owner: the step's policy, else the tool's own attempts. They never multiply.</summary>
public sealed class ToolRepeatTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!; // InitializeAsync comes first
    private LoopbackService _busy = null!; // InitializeAsync comes first
    private ApiHost _host = null!; // InitializeAsync comes first
    private Func<HttpResponse, int, Task> _answer = (response, _) =>
    {
        response.StatusCode = 503;
        return Task.CompletedTask;
    };

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        _busy = await LoopbackService.StartAsync((response, number) => _answer(response, number));
        var settings = _sandbox.EnvironmentVariables.ToDictionary(v => v.Key, v => (string?)v.Value);
        settings["Weft:Tools:RetryDelay"] = "00:00:00.010";
        _host = await ApiHost.StartAsync(settings, scripted: false);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _busy.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Step_UnderAPolicy_SendsOneRequestAnAttempt()
    {
        var ended = await RunAsync("GET", "- { id: ask, tool: service, retry: { max_attempts: 2, first_delay: 10ms } }");

        Assert.Equal("failed", ended["status"]!.GetValue<string>());
        Assert.Equal(2, _busy.Requests.Count);
        Assert.Equal(2, ended["trace"]!["nodes"]![0]!["attempt"]!.GetValue<int>());
    }

    [Fact]
    public async Task Step_UnderTheFilesPolicy_SendsOneRequestAnAttempt()
    {
        await RunAsync("GET", "- { id: ask, tool: service }", "retry: { max_attempts: 2, first_delay: 10ms }");

        Assert.Equal(2, _busy.Requests.Count);
    }

    [Fact]
    public async Task Step_WithoutAPolicy_HasTheToolsOwnAttempts()
    {
        await RunAsync("GET", "- { id: ask, tool: service }");

        Assert.Equal(3, _busy.Requests.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", retry: { max_attempts: 2, first_delay: 10ms }")]
    public async Task Agent_WhateverItsNodesPolicy_HasTheToolsOwnAttempts(string policy)
    {
        _sandbox.Script.Set(
            new ScriptRule { Match = new ScriptMatch { Nth = 1 },
                Reply = new ScriptReply { ToolCalls = [new ScriptCall { Name = "service" }] } },
            new ScriptRule { Reply = new ScriptReply { Text = "It is busy." } });

        var ended = await RunAsync("GET", $"- {{ id: ask, agent: asker, prompt: Ask the service.{policy} }}");

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.Equal(3, _busy.Requests.Count);
        Assert.Single(ended["trace"]!["nodes"]![0]!["tool_calls"]!.AsArray());
    }

    [Fact]
    public async Task Post_ThatMayHaveTakenEffect_IsSentOnce()
    {
        var ended = await RunAsync("POST", "- { id: ask, tool: service, retry: { max_attempts: 3, first_delay: 10ms } }");

        Assert.Equal("unknown_outcome", ended["error"]!["code"]!.GetValue<string>());
        Assert.Single(_busy.Requests);
    }

    [Fact]
    public async Task Post_ThatIsToBeRetriedInDoubt_IsSentAgainUnderItsKey_WithinThePolicysAttempts()
    {
        await RunAsync("POST", "- { id: ask, tool: service, on_unknown_outcome: retry, retry: { max_attempts: 2, first_delay: 10ms } }");

        Assert.Equal(2, _busy.Requests.Count);
        Assert.Single(_busy.Requests.Select(r => r.IdempotencyKey).Distinct());
    }

    [Theory]
    [InlineData(", retry: { max_attempts: 2, first_delay: 10ms }")]
    [InlineData("")]
    public async Task Service_ThatAsksForAWait_GetsIt(string policy)
    {
        _answer = async (response, number) =>
        {
            if (number == 1)
            {
                response.StatusCode = 503;
                response.Headers.RetryAfter = "1";
            }
            else
            {
                await response.WriteAsync("{}");
            }
        };

        var ended = await RunAsync("POST", $"- {{ id: ask, tool: service{policy} }}");

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        var times = _busy.Requests.Select(r => r.At).ToList();
        Assert.Equal(2, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(0.99), $"The second request came {times[1] - times[0]} after the first.");
    }

    private async Task<JsonNode> RunAsync(string method, string task, string top = "")
    {
        var put = await _host.PutWorkflowAsync("asking", $$"""
            name: asking
            {{top}}
            tools:
              - id: service
                type: http
                config: { base_url: "{{_busy.Url}}", method: {{method}}, endpoint: /thing }
            agents:
              - { id: asker, model: gpt-4o, type: reasoning, instructions: Ask., tools: [service] }
            tasks:
              {{task}}
            """);
        Assert.True(put.Status == HttpStatusCode.Created, put.Text);
        var started = await _host.PostAsync("workflows/asking/executions");
        Assert.True(started.Status == HttpStatusCode.Accepted, started.Text);
        return await _host.AwaitStatusAsync(started.Json["execution_id"]!.GetValue<string>(), "completed", "failed");
    }
}
