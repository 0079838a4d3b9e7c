using System.Net;
using System.Text.Json.Nodes;
using OpenAI.Chat;

namespace Weft.Sandbox.Tests;

public sealed class SandboxServerTests : SandboxTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-sandbox-").FullName;

    protected override SandboxOptions Options =>
        new() { LogFile = Path.Combine(_folder, "logs", "sandbox.jsonl"), StateFile = Path.Combine(_folder, "state.jsonl") };

    [Fact]
    public void Environment_NamesEveryServiceAtTheServersAddress()
    {
        var variables = Sandbox.EnvironmentVariables;

        Assert.EndsWith("/v1", variables["OPENAI_BASE_URL"], StringComparison.Ordinal);
        Assert.EndsWith("/anthropic", variables["ANTHROPIC_BASE_URL"], StringComparison.Ordinal);
        Assert.EndsWith("/api/v3.1", variables["COMPOSIO_BASE_URL"], StringComparison.Ordinal);
        Assert.All(variables.Where(variable => variable.Key.EndsWith("_URL", StringComparison.Ordinal)),
            variable => Assert.StartsWith(Sandbox.BaseAddress.AbsoluteUri, variable.Value, StringComparison.Ordinal));
        Assert.All(variables.Where(variable => variable.Key.EndsWith("_KEY", StringComparison.Ordinal)),
            variable => Assert.StartsWith("sandbox-", variable.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AZURE_OPENAI_ENDPOINT", "openai/v1/chat/completions", "api-key")]
    [InlineData("AZURE_OPENAI_ENDPOINT", "openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", "api-key")]
    [InlineData("GROQ_BASE_URL", "chat/completions", "Authorization")]
    [InlineData("GEMINI_BASE_URL", "chat/completions", "Authorization")]
    [InlineData("OLLAMA_BASE_URL", "chat/completions", null)]
    public async Task CompatibleServices_AnswerAtTheirUsualPlaces(string variable, string path, string? header)
    {
        var http = Http(string.Empty);
        if (header is not null)
        {
            http.DefaultRequestHeaders.Add(header, header == "Authorization" ? "Bearer sandbox-key" : "sandbox-key");
        }

        var response = await http.PostAsync($"{Sandbox.EnvironmentVariables[variable].TrimEnd('/')}/{path}",
            Json("""{"model":"llama3.1","messages":[{"role":"user","content":"Hello"}]}"""), Deadline);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty((string)(await ReadAsync(response))["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task Log_HoldsTheExchangeWithoutTheKey()
    {
        await OpenAi().CompleteChatAsync([new UserChatMessage("Where is order 12346?")], cancellationToken: Deadline);
        await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "12346" }, idempotencyKey: "k-1");

        var text = await Http(string.Empty).GetStringAsync("log", Deadline);
        var entries = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["openai", "composio"], entries.Select(entry => (string?)entry["target"]));
        Assert.Equal("Where is order 12346?", (string?)entries[0]["request"]!["last_user"]);
        Assert.Equal("12346", (string?)entries[1]["request"]!["arguments"]!["order_id"]);
        Assert.Equal("k-1", (string?)entries[1]["idempotency_key"]);
        Assert.Equal("SHOPIFY_GET_ORDER", (string?)entries[1]["tool"]);
        Assert.DoesNotContain("sandbox-openai", text, StringComparison.Ordinal);
        Assert.Single(
            (await Http(string.Empty).GetStringAsync("log?since=1", Deadline)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task LogFile_HasTheEntryBeforeTheServerStops()
    {
        await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "12346" });

        await using var file = new FileStream(Options.LogFile!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        Assert.Contains("SHOPIFY_GET_ORDER", await reader.ReadToEndAsync(Deadline), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StateFile_OutlivesTheServer()
    {
        await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" }, idempotencyKey: "return-1");
        await Sandbox.DisposeAsync();
        await InitializeAsync();

        var again = await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" }, idempotencyKey: "return-1");
        var other = await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" }, idempotencyKey: "return-2");

        Assert.Equal("RET-456", (string?)again["data"]!["return_id"]);
        Assert.Contains("already", (string?)other["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task StateFile_CutShortByACrash_IsReadUpToThere()
    {
        await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" });
        await Sandbox.DisposeAsync();
        await File.AppendAllTextAsync(Options.StateFile!, "{\"table\":\"mails\",\"id\":\"x\",\"row\":{\"su", Deadline);
        await InitializeAsync();

        await ExecuteAsync("GMAIL_SEND_EMAIL", new JsonObject { ["recipient_email"] = "a@example.com", ["subject"] = "Hi" });
        await Sandbox.DisposeAsync();
        await InitializeAsync();

        var state = Sandbox.State.ToJson();
        Assert.Contains(state["shop"]!["returns"]!.AsArray(), item => (string?)item!["order_id"] == "12345");
        Assert.Single(state["mail"]!["sent"]!.AsArray());
    }

    [Fact]
    public async Task State_Reset_IsTheSeedDataAgain()
    {
        await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" });

        await Http(string.Empty).DeleteAsync("state", Deadline);

        Assert.Equal("RET-456",
            (string?)(await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" }))["data"]!["return_id"]);
    }

    [Fact]
    public async Task Script_PutOverHttp_AnswersBeforeTheBuiltInBehaviour()
    {
        var put = await Http(string.Empty).PutAsync("script", Json("""
            [{"match":{"contains":"weather","nth":2},"reply":{"text":"Rain."}},
             {"match":{"contains":"weather"},"reply":{"json":{"sun":true}}},
             {"match":{"tool":"get_weather"},"reply":{"tool_calls":[{"name":"get_weather","arguments":{"city":"Oslo"}}]}}]
            """), Deadline);
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);

        async Task<string> AskAsync(string text) =>
            (await OpenAi().CompleteChatAsync([new UserChatMessage(text)], cancellationToken: Deadline)).Value.Content[0].Text;

        Assert.Equal("""{"sun":true}""", await AskAsync("How is the weather?"));
        Assert.Equal("Rain.", await AskAsync("How is the weather?"));
        var options = new ChatCompletionOptions();
        options.Tools.Add(ChatTool.CreateFunctionTool("get_weather"));
        Assert.Equal("get_weather",
            (await OpenAi().CompleteChatAsync([new UserChatMessage("Hello")], options, Deadline)).Value.ToolCalls[0].FunctionName);
        Assert.DoesNotContain("Rain", await AskAsync("Hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_ThatIsNotValid_IsRefused()
    {
        var response = await Http(string.Empty).PutAsync("script", Json("""[{"match":{}}]"""), Deadline);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
