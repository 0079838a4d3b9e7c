using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Secrets;
using Weft.Embedded.Secrets;
using Weft.Sandbox;
using Weft.Sandbox.Script;

namespace Weft.Api.Tests;

/// <summary>A name means the same to a hook, a prompt and a tool, and leaves the same sign wherever its value comes back.</summary>
public sealed class SecretOrderTests : IAsyncLifetime
{
    private readonly string _name = "WEFT_TEST_" + Guid.NewGuid().ToString("N");
    private readonly List<string> _toTool = [];
    private SandboxServer _sandbox = null!; // InitializeAsync comes first
    private WebApplication _echo = null!; // InitializeAsync comes first

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _echo = builder.Build();
        _echo.Run(EchoAsync);
        await _echo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _echo.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("vault-value/1+", "settings-value/2+", "environment-value/3+", "vault-value/1+")]
    [InlineData(null, "settings-value/2+", "environment-value/3+", "settings-value/2+")]
    [InlineData(null, null, "environment-value/3+", "environment-value/3+")]
    public async Task Name_HasOneValueForHookPromptAndTool_AndOneSign(string? vault, string? setting, string environment, string expected)
    {
        Environment.SetEnvironmentVariable(_name, environment);
        _sandbox.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = $"You said {expected}, or {Base64(expected)}." } });
        await using var host = await StartAsync(vault, setting);
        var put = await host.PutWorkflowAsync("secretive", Workflow());
        Assert.True(put.Status == HttpStatusCode.Created, put.Text);

        var started = await host.PostAsync("hooks/secretive", "{}", ("X-Signature", Signature(expected)));

        Assert.True(started.Status == HttpStatusCode.Accepted, started.Text);
        var execution = await host.AwaitStatusAsync(started.Json["execution_ids"]![0]!.GetValue<string>(), "completed", "failed");
        var prompt = Assert.Single(_sandbox.Log.Entries).Request!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal);
        Assert.Contains($"The token is {expected}.", prompt, StringComparison.Ordinal);
        Assert.Equal([$"Bearer {expected}", $"Bearer {expected}"], _toTool);
        Assert.DoesNotContain(
            expected, execution["trace"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        var sign = $"[env.{_name}]";
        Assert.Equal($"You said {sign}, or {sign}.", execution["output"]!["said"]!["text"]!.GetValue<string>());
        Assert.Equal($"Bearer {sign} {sign} {sign}", execution["output"]!["quoted"]!.GetValue<string>());
        Assert.Contains($"no such thing for Bearer {sign} {sign} {sign}", execution["output"]!["refused"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Signature(string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "{}"u8));

    private async Task<ApiHost> StartAsync(string? vault, string? setting)
    {
        var settings = _sandbox.EnvironmentVariables.ToDictionary(v => v.Key, v => (string?)v.Value);
        settings[_name] = setting;
        var host = await ApiHost.StartAsync(
            settings,
            services =>
                services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
                    .AddSingleton<ISecretVault, LocalSecretVault>(),
            scripted: false);
        if (vault is not null)
        {
            await host.Services.GetRequiredService<ISecretVault>().SetAsync(_name, vault, CancellationToken.None);
        }

        return host;
    }

    // Quotes the header in three forms; below /missing as an error.
    private async Task EchoAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        lock (_toTool)
        {
            _toTool.Add(header);
        }

        var secret = header["Bearer ".Length..];
        var quoted = $"Bearer {secret} {Uri.EscapeDataString(secret)} {Base64(secret)}";
        var missing = context.Request.Path.Value == "/missing";
        context.Response.StatusCode = missing ? 404 : 200;
        context.Response.ContentType = "application/json";
        var answer = missing ? new JsonObject { ["message"] = $"no such thing for {quoted}" } : new JsonObject { ["quoted"] = quoted };
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private string Workflow() => $$$"""
        name: secretive
        triggers:
          - type: webhook
            webhook:
              slug: secretive
              verify: { strategy: hmac, secret: "{{ .env.{{{_name}}} }}", header: X-Signature }
        tools:
          - id: mirror
            type: http
            config:
              base_url: {{{_echo.Urls.First()}}}
              method: GET
              endpoint: "/{path}"
              headers: { Authorization: "Bearer {{ .env.{{{_name}}} }}" }
            input: { type: object, properties: { path: { type: string } }, required: [path] }
        agents:
          - id: talker
            model: gpt-4o
            instructions: Say what you were told.
            actions: [{ id: say, prompt: "The token is {{ .env.{{{_name}}} }}." }]
        tasks:
          - { id: say, agent: talker, action: say }
          - { id: quote, tool: mirror, with: { path: here } }
          - { id: refuse, tool: mirror, with: { path: missing }, on_error: continue }
        outputs:
          said: "{{ .tasks.say.output }}"
          quoted: "{{ .tasks.quote.output.data.quoted }}"
          refused: "{{ .tasks.refuse.error.message }}"
        """;
}
