using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Sandbox;
using Weft.Sandbox.Faults;

namespace Weft.Cli.Tests;

/// <summary>Commands that stay until they are told to go, and what reads from them.</summary>
public sealed class ServeTests : CliTest
{
    [Theory]
    [InlineData(4, "no API key is set", "serve", "--urls", "http://0.0.0.0:0")]
    [InlineData(4, "no API key is set", "serve", "--urls", "http://127.0.0.1:0;http://*:0")]
    [InlineData(2, "is no address", "serve", "--urls", "frob")]
    [InlineData(2, "Listen on http.", "serve", "--urls", "https://127.0.0.1:0")]
    [InlineData(2, "is no address", "sandbox", "--urls", "frob")]
    [InlineData(2, "--faults names the file 'nope'", "sandbox", "--faults", "nope")]
    public async Task Serve_CalledWrongly_SaysHow(int code, string said, params string[] args)
    {
        AssertEnds(code, said, await RunAsync(args[0] == "serve" ? [.. args, "--data", Data] : args));
    }

    [Fact]
    public async Task Serve_OnAnAddressInUse_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = "http://" + taken.LocalEndpoint;

        AssertEnds(4, "is in use. Pick another address with --urls.", await RunAsync("serve", "--urls", url, "--data", Data));
        AssertEnds(4, "is in use. Pick another address with --urls.", await RunAsync("sandbox", "--urls", url));
    }

    [Fact]
    public async Task Serve_OnATakenDataFolder_SaysByWhom_AndListingsAskTheServer()
    {
        await using var serve = WeftProcess.Start(Folder.Path, null, "serve", "--sandbox", "--urls", "http://127.0.0.1:0", "--data", Data,
            "--workflows", Path.GetDirectoryName(Example("x"))!);
        var url = (await serve.LineAsync("Now listening on: ", Deadline)).Split(' ')[0];

        AssertEnds(4, "in use by process",
            await RunAsync("run", Example("hello-world.yaml"), "--sandbox", "--data", Data, "--input", """{"name":"Alice"}"""));
        AssertEnds(4, "--url http://127.0.0.1", await RunAsync("executions", "--data", Data));
        foreach (var (listing, row) in new[] { ("agents", "simple_intent_classifier"), ("models", "gpt-4-turbo"), ("tools", "shopify"),
            ("executions", "None."), ("costs", "calls") })
        {
            var ended = await RunAsync(listing, "--url", url);
            AssertEnds(0, string.Empty, ended);
            Assert.Contains(row, ended.Output, StringComparison.Ordinal);
        }

        serve.Signal("TERM");
        Assert.Equal(0, (await serve.EndAsync(Deadline)).ExitCode);
        AssertEnds(4, "No server answers at", await RunAsync("executions", "--url", url));
    }

    [Fact]
    public async Task Serve_WithKeys_AnswersThoseWhoHaveOne()
    {
        var hash = "sha256:" + Convert.ToHexStringLower(SHA256.HashData("letmein"u8));
        await using var serve = WeftProcess.Start(
            Folder.Path, new Dictionary<string, string> { ["WEFT__API__KEYS__0__NAME"] = "ops", ["WEFT__API__KEYS__0__HASH"] = hash },
            "serve", "--sandbox", "--urls", "http://0.0.0.0:0", "--data", Data);
        var url = (await serve.LineAsync("Now listening on: ", Deadline)).Split(' ')[0].Replace(
            "0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

        AssertEnds(4, "unauthorized", await ProcessAsync(null, null, "executions", "--url", url));
        AssertEnds(0, string.Empty,
            await ProcessAsync(new Dictionary<string, string> { ["WEFT_API_KEY"] = "letmein" }, null, "executions", "--url", url));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/api/v1")]
    public async Task Listing_OfAServerOnAzure_SendsTheFunctionKey(string below)
    {
        await using var server = await KeyedServer.StartAsync(Deadline);
        var key = new Dictionary<string, string> { ["WEFT_API_KEY"] = KeyedServer.Key };

        var ended = await ProcessAsync(key, null, "executions", "--url", server.Url + below);

        AssertEnds(0, string.Empty, ended);
        Assert.Contains("None.", ended.Output, StringComparison.Ordinal);
        AssertEnds(4, "is no server of Weft: it sends no JSON", await ProcessAsync(key, null, "agents", "--url", server.Url));
    }

    [Fact]
    public async Task Listing_OfAServerOnAzure_WithoutAKey_SaysWhichToSet()
    {
        await using var server = await KeyedServer.StartAsync(Deadline);

        AssertEnds(
            4, "Set WEFT_API_KEY to a key of it; on Azure, to a function key of the app.",
            await ProcessAsync(null, null, "executions", "--url", server.Url));
    }

    [Fact]
    public async Task Serve_ToldToStop_FinishesTheCallItIsAt()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Deadline);
        sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Latency, Ms = 1500, Target = "openai", First = 1 });
        await using var serve = WeftProcess.Start(
            Folder.Path, sandbox.EnvironmentVariables, "serve", "--urls", "http://127.0.0.1:0", "--data", Data, "--workflows",
            Path.GetDirectoryName(Example("x"))!);
        var url = (await serve.LineAsync("Now listening on: ", Deadline)).Split(' ')[0];
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        using var body = new StringContent("""{"name":"Alice"}""", Encoding.UTF8, "application/json");
        using var started = await client.PostAsync(new Uri("/api/v1/workflows/hello-world/executions", UriKind.Relative), body, Deadline);
        var id = (string)JsonNode.Parse(await started.Content.ReadAsStringAsync(Deadline))!["execution_id"]!;
        await HitAsync(sandbox);

        serve.Signal("TERM");
        var ended = await serve.EndAsync(Deadline);
        var resumed = await ProcessAsync(sandbox.EnvironmentVariables, null, "run", "--resume", id, "--data", Data);

        AssertEnds(0, string.Empty, ended);
        AssertEnds(0, "✓ generate_greeting", resumed);
        Assert.Single(sandbox.Log.Entries, e => e.Model is not null);
    }

    [Fact]
    public async Task Run_Resumed_GoesOnWhereAKillLeftIt()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Deadline);
        sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Latency, Ms = 60_000, Tool = "SHOPIFY_GET_ORDER", First = 1 });
        await using var run = WeftProcess.Start(
            Folder.Path, sandbox.EnvironmentVariables, "run", Example("customer_support_advanced.yaml"), "--data", Data,
            "--input", """{"customer_message":"I want to return my order #12345, it arrived damaged"}""", "--context",
            """{"customer_id":"cust_789","customer_email":"john@example.com"}""");
        var id = (await run.ErrorLineAsync("· execution ", Deadline)).Split("· execution ")[1].Split(' ')[0];
        await HitAsync(sandbox);
        await run.KillAsync(Deadline);
        var before = sandbox.Log.Entries.Count(e => e.Model is not null);

        var resumed = await ProcessAsync(sandbox.EnvironmentVariables, null, "run", "--resume", id, "--data", Data, "--json");

        AssertEnds(0, "✓ handle_return", resumed);
        Assert.Equal("completed", (string?)JsonNode.Parse(resumed.Output)!["status"]);
        var calls = sandbox.Log.Entries.Where(e => e.Model is not null).Select(e => e.Model + e.Request!.ToJsonString()).ToList();
        Assert.True(before > 0);
        Assert.Equal(calls.Distinct(StringComparer.Ordinal).Count(), calls.Count);
        Assert.Single(sandbox.Log.Entries, e => e.Tool == "SHOPIFY_CREATE_RETURN");
    }

    [Fact]
    public async Task Sandbox_PrintsWhatToExport_AndServesUntilToldToStop()
    {
        await using var sandbox = WeftProcess.Start(Folder.Path, null, "sandbox", "--urls", "http://127.0.0.1:0");
        var address = await sandbox.LineAsync("Sandbox listening on: ", Deadline);
        var openAi = await sandbox.LineAsync("export OPENAI_BASE_URL=", Deadline);
        var composio = await sandbox.LineAsync("export COMPOSIO_BASE_URL=", Deadline);
        await sandbox.LineAsync("export OPENAI_API_KEY=", Deadline);
        await sandbox.LineAsync("export ANTHROPIC_BASE_URL=", Deadline);

        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var faults = new StringContent("""[{"kind":"server_error"}]""");
        using var put = await client.PutAsync(new Uri("/faults", UriKind.Relative), faults, Deadline);
        var state = JsonNode.Parse(await client.GetStringAsync(new Uri("/state", UriKind.Relative), Deadline))!;

        Assert.Equal((address.TrimEnd('/') + "/openai/v1", address.TrimEnd('/') + "/composio/api/v3.1"), (openAi, composio));
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.NotEmpty(state["shop"]!["orders"]!.AsArray());
        sandbox.Signal("TERM");
        Assert.Equal(0, (await sandbox.EndAsync(Deadline)).ExitCode);
    }

    /// <summary>Waits until the fault in force has hit a request.</summary>
    private async Task HitAsync(SandboxServer sandbox)
    {
        using var client = new HttpClient { BaseAddress = sandbox.BaseAddress };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while ((int)JsonNode.Parse(
            await client.GetStringAsync(new Uri("/faults", UriKind.Relative), Deadline))!["rules"]![0]!["hits"]! == 0)
        {
            await timer.WaitForNextTickAsync(Deadline);
        }
    }
}
