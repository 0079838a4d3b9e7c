using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Runtime.Queues;
using Weft.Runtime.Triggers;
using Weft.Sandbox;
using Weft.Sandbox.Wire;

namespace Weft.Api.Tests;

/// <summary>A whole run with every kind of secret set: none of them shows anywhere but at the provider that it is for.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string OwnToken = "tok-9f2c-own-secret-of-the-workflow";
    private const string HookSecret = "whsec-71aa-secret-of-the-hook";
    private const string WrongKey = "sk-wrong-0d4e-secret-key-that-is-refused";

    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ActivityListener _listener;

    public RedactionTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _seen.Enqueue(
                $"span {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(t => $"{t.Key}={t.Value}"))} "
                + $"{string.Join(' ', span.Events.SelectMany(e => e.Tags).Select(t => t.Value))}"),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoSecret_ShowsInLogsTracesDocumentsEventsOrMetrics(bool keyIsRefused)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var settings = sandbox.EnvironmentVariables.ToDictionary(v => v.Key, v => (string?)v.Value);
        foreach (var key in settings.Keys.Where(k => k.EndsWith("_KEY", StringComparison.Ordinal)).ToList())
        {
            settings[key] = $"{SandboxKeys.Prefix}secret-3b8e-of-{key}";
        }

        settings["OWN_TOKEN"] = OwnToken;
        settings["COMPOSIO_WEBHOOK_SECRET"] = HookSecret;
        if (keyIsRefused)
        {
            settings["OPENAI_API_KEY"] = WrongKey;
        }

        var secrets = settings.Where(s => s.Key.EndsWith("_KEY", StringComparison.Ordinal)).Select(s => s.Value!).Append(OwnToken)
            .Append(HookSecret).Distinct(StringComparer.Ordinal).ToList();
        await using var host = await ApiHost.StartAsync(
            settings,
            services =>
            {
                services.AddHostedService<LocalQueuePump>();
                services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(_seen)));
            },
            scripted: false);
        See(await host.PutWorkflowAsync("secretive", Workflow));

        var executed = await host.PostAsync("workflows/execute",
            """{"workflow_id": "secretive", "input_data": {"order": "12345"}, "context": {"reply_to": "weft-completed"}}""");
        See(executed);
        Assert.Equal(HttpStatusCode.OK, executed.Status);
        Assert.Equal(keyIsRefused ? "failed" : "completed", executed.Json["status"]!.GetValue<string>());
        var id = executed.Json["execution_id"]!.GetValue<string>();
        foreach (var path in (string[])[$"executions/{id}/trace", $"executions/{id}/events", "executions", "metrics", "workflows/secretive",
            "llm/models", "queues/weft-completed/messages", "operations/stuck"])
        {
            See(await host.GetAsync(path));
        }

        See(await host.PostAsync(
            "hooks/composio", """{"type": "x"}""", ("webhook-id", "1"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,AAAA")));

        Assert.Contains(_seen, s => s.StartsWith("span chat", StringComparison.Ordinal));
        Assert.Contains(_seen, s => s.StartsWith("log ", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(_seen, s => s.Contains(secret, StringComparison.Ordinal));
        }
    }

    private const string Workflow = """
        name: secretive
        workflow:
          nodes:
            - id: ask
              agent: simple
              prompt_template: "The token is {{ env.OWN_TOKEN }}. Say hello about order {{ input.order }}."
              config: { models: [gpt-4o] }
          edges:
            - { from: ask, to: END }
        """;

    private void See(Answer answer) => _seen.Enqueue($"answer {answer.Text} {string.Join(' ', answer.Headers.SelectMany(h => h.Value))}");

    private sealed class Recorder(ConcurrentQueue<string> seen) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
            // What was seen belongs to the test.
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            seen.Enqueue($"log scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            seen.Enqueue($"log {formatter(state, exception)} {exception}");
    }
}
