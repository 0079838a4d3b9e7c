using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Sandbox;
using Weft.Sandbox.Faults;

namespace Weft.Cli.Tests;

/// <summary>What only settings can mend ends with 4, and a line that says what to set.</summary>
public sealed class ConfigurationTests : CliTest
{
    [Fact]
    public async Task Run_WithoutAKey_SaysWhichToSet()
    {
        AssertEnds(4, "Set OPENAI_API_KEY or ANTHROPIC_API_KEY",
            await ProcessAsync(null, null, "run", Example("hello-world.yaml"), "--input", """{"name":"Alice"}"""));
        AssertEnds(4, "Set COMPOSIO_API_KEY",
            await ProcessAsync(null, null, "run", Example("steps-issue.yaml"), "--input", """{"title":"Login fails"}"""));
        AssertEnds(4, "COMPOSIO_API_KEY", await ProcessAsync(null, null, "tools"));
    }

    [Fact]
    public async Task Run_WhoseProviderIsOutOfReach_SaysWhichAddress()
    {
        var closed = ClosedPort();
        var environment =
            new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-of-a-test", ["OPENAI_BASE_URL"] = $"http://127.0.0.1:{closed}/v1" };

        var ended = await ProcessAsync(environment, null, "run", Example("hello-world.yaml"), "--input", """{"name":"Alice"}""");

        AssertEnds(4, "OPENAI_BASE_URL", ended);
        Assert.Contains("no_model_answered", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1:{closed}", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-of-a-test", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhoseKeyIsRefused_SaysWhichToCheck_AndOneWhoseProviderFailsIsAFailure()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Deadline);
        var wrongKey = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "not-the-key",
            ["OPENAI_BASE_URL"] = sandbox.EnvironmentVariables["OPENAI_BASE_URL"] };
        AssertEnds(4, "OPENAI_API_KEY",
            await ProcessAsync(wrongKey, null, "run", Example("hello-world.yaml"), "--input", """{"name":"Alice"}"""));

        sandbox.Faults.Set(new FaultRule { Kind = FaultKind.ServerError });
        var down = await ProcessAsync(
            sandbox.EnvironmentVariables, null, "run", Example("hello-world.yaml"), "--input", """{"name":"Alice"}""", "--json");

        AssertEnds(1, "✗ generate_greeting failed", down);
        Assert.Equal("no_model_answered", (string?)JsonNode.Parse(down.Output)!["error"]!["code"]);
    }

    [Theory]
    [InlineData("WEFT__MODELS__TIMEOUT", "never", "Weft:Models:Timeout")]
    [InlineData("WEFT__MODELS__CONTEXTMARGIN", "7", "ContextMargin")]
    [InlineData("WEFT__ENGINE__MAXWARMINSTANCES", "0", "MaxWarmInstances")]
    public async Task Setting_ThatCannotBe_IsNamed(string variable, string value, string setting)
    {
        AssertEnds(4, setting, await ProcessAsync(new Dictionary<string, string> { [variable] = value }, null, "models"));
    }

    [Theory]
    [InlineData("appsettings.json", "{", "appsettings.json")]
    [InlineData("weft.yaml", "a: [", "weft.yaml:2:1")]
    [InlineData("weft.yaml", "- a\n", "must be a mapping")]
    [InlineData("weft.yaml", "? [a]\n: b\n", "weft.yaml:1:3")]
    public async Task SettingsFile_ThatCannotBeRead_IsNamed(string file, string text, string said)
    {
        Write(file, text);

        AssertEnds(4, said, await ProcessAsync(null, null, "models"));
    }

    [Fact]
    public async Task SettingsFile_IsLaidUnderTheEnvironment()
    {
        Write("weft.yaml", "models: { context_margin: 7 }\n");

        AssertEnds(4, "ContextMargin", await ProcessAsync(null, null, "models"));
        AssertEnds(0, string.Empty,
            await ProcessAsync(new Dictionary<string, string> { ["WEFT__MODELS__CONTEXTMARGIN"] = "0.5" }, null, "models"));
    }

    [Fact]
    public async Task DataFolder_ThatIsAFile_IsNamed()
    {
        var file = Write("data", "");

        AssertEnds(4, file, await RunAsync("models", "--data", file));
        AssertEnds(4, file,
            await RunAsync("run", Example("hello-world.yaml"), "--sandbox", "--data", file, "--input", """{"name":"Alice"}"""));
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
