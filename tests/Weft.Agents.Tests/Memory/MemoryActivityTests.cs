using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tests.Memory;

public sealed class MemoryActivityTests
{
    [Fact]
    public async Task Append_ThenRead_AnswersTheMessagesInOrder()
    {
        await using var memory = new MemoryBench();

        var appended = await memory.RunAsync("append", """[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}]""");
        await memory.RunAsync("append", "\"and me\"");
        var read = await memory.RunAsync("read");

        Assert.Equal("""{"success":true,"appended":2,"total_count":2,"key":"user:1"}""", appended.ToJsonString());
        Assert.Equal(
            """[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"},{"role":"user","content":"and me"}]""",
            read["messages"]!.ToJsonString());
        Assert.Equal((3, "user:1"), ((int)read["count"]!, (string?)read["key"]));
    }

    [Fact]
    public async Task Append_DeliveredTwice_IsAppliedOnce()
    {
        await using var memory = new MemoryBench();

        var first = await memory.RunAsync("append", "\"once\"", callId: "same");
        var second = await memory.RunAsync("append", "\"once\"", callId: "same");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(1, (long)(await memory.RunAsync("read"))["total_count"]!);
    }

    [Fact]
    public async Task FiftyWriters_OfOneKey_LoseNothing()
    {
        await using var memory = new MemoryBench();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => memory.RunAsync("append", $"\"m{i}\"")));

        var read = await memory.RunAsync("read", settings: """{"limit":100}""");
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"m{i}").Order(), read["messages"]!.AsArray().Select(m => (string)m!["content"]!).Order());
    }

    [Fact]
    public async Task Read_AnswersTheNewestUpToTheLimit()
    {
        await using var memory = new MemoryBench();
        await memory.RunAsync("append", "[\"1\",\"2\",\"3\",\"4\"]");

        var read = await memory.RunAsync("read", settings: """{"limit":2}""");

        Assert.Equal(["3", "4"], read["messages"]!.AsArray().Select(m => (string)m!["content"]!));
        Assert.True((bool)read["has_more"]!);
    }

    [Fact]
    public async Task ConversationHistory_KeepsTheWindowOfTheWorkflow()
    {
        await using var memory = new MemoryBench(
            null, new MemoryDefinition { Id = "memory", Strategy = "hybrid", Settings = Json("""{"short_term":{"window_size":3}}""") });
        await memory.RunAsync("append", "[\"1\",\"2\",\"3\",\"4\",\"5\"]", memory: "conversation_history");

        var read = await memory.RunAsync("read", memory: "conversation_history");

        Assert.Equal(["3", "4", "5"], read["messages"]!.AsArray().Select(m => (string)m!["content"]!));
    }

    [Fact]
    public async Task Write_ReplacesAll_AndClearNeedsConfirmation()
    {
        await using var memory = new MemoryBench();
        await memory.RunAsync("append", "[\"1\",\"2\"]");

        var written = await memory.RunAsync("write", """{"role":"system","content":"new"}""");
        var refused = await Assert.ThrowsAsync<ActivityException>(() => memory.RunAsync("clear", settings: """{"clear_config":{}}"""));
        var cleared = await memory.RunAsync("clear", settings: """{"clear_config":{"confirm":true,"backup":true}}""");
        var backup = await memory.RunAsync("read", key: (string)cleared["backup_key"]!);

        Assert.Equal("""{"success":true,"count":1,"key":"user:1"}""", written.ToJsonString());
        Assert.Contains("confirm", refused.Message);
        Assert.Equal((1L, true), ((long)cleared["messages_cleared"]!, (bool)cleared["backup_created"]!));
        Assert.Equal("new", (string?)backup["messages"]![0]!["content"]);
        Assert.Equal(0, (int)(await memory.RunAsync("read"))["count"]!);
    }

    [Fact]
    public async Task Delete_RemovesEverything_AndTheKeyCanBeUsedAgain()
    {
        await using var memory = new MemoryBench();
        await memory.RunAsync("append", "\"1\"");

        Assert.Equal("""{"success":true,"key":"user:1"}""", (await memory.RunAsync("delete")).ToJsonString());
        await memory.RunAsync("append", "\"2\"");

        Assert.Equal("2", (string?)(await memory.RunAsync("read"))["messages"]![0]!["content"]);
    }

    [Fact]
    public async Task Flush_DryRun_TellsAndChangesNothing_AndForceSummarises()
    {
        await using var memory = new MemoryBench(null,
            new MemoryDefinition { Id = "chat", Strategy = "token_based",
                Settings = Json(
                    """{"max_tokens":4000,"flushing":{"type":"hybrid_summary","summarize_threshold":0.8,"summary_tokens":50}}""") });
        await memory.RunAsync("append", "[\"first words\",\"2\",\"3\",\"4\"]");

        var dry = await memory.RunAsync("flush", settings: """{"flush_config":{"dry_run":true}}""");
        var flushed = await memory.RunAsync("flush", settings: """{"flush_config":{"force":true}}""");
        var read = await memory.RunAsync("read");

        Assert.Equal((true, false, 4L), ((bool)dry["dry_run"]!, (bool)dry["would_flush"]!, (long)dry["message_count"]!));
        Assert.Equal((true, 2L), ((bool)flushed["summary_generated"]!, (long)flushed["message_count"]!));
        Assert.StartsWith("Summary of 2 messages: user: first words", (string?)read["messages"]![0]!["content"]);
        Assert.Equal(3, (int)read["count"]!);
    }

    [Fact]
    public async Task TokenLimit_DropsTheOldest()
    {
        await using var memory =
            new MemoryBench(null, new MemoryDefinition { Id = "chat", Strategy = "token_based", Settings = Json("""{"max_tokens":60}""") });
        for (var i = 0; i < 5; i++)
        {
            await memory.RunAsync("append", new JsonArray(JsonValue.Create($"{i}" + new string('x', 79))).ToJsonString());
        }

        var health = await memory.RunAsync("health");

        Assert.Equal((2L, 48L, "token_based", true),
            ((long)health["message_count"]!, (long)health["token_count"]!, (string?)health["actual_strategy"], (bool)health["healthy"]!));
    }

    [Fact]
    public async Task Stats_CountByRole()
    {
        await using var memory = new MemoryBench();
        await memory.RunAsync(
            "append", """[{"role":"user","content":"abcd"},{"role":"user","content":"abcd"},{"role":"assistant","content":"abcd"}]""");

        var stats = await memory.RunAsync("stats", settings: """{"stats_config":{}}""");

        Assert.Equal("""{"assistant":1,"user":2}""", stats["role_distribution"]!.ToJsonString());
        Assert.Equal(
            (3L, 15L, 5.0), ((long)stats["message_count"]!, (long)stats["token_count"]!, (double)stats["avg_tokens_per_message"]!));
    }

    [Fact]
    public async Task Ttl_ForgetsAfterItsTime()
    {
        await using var memory = new MemoryBench(
            null, new MemoryDefinition { Id = "chat", Settings = Json("""{"persistence":{"type":"redis","ttl":"24h"}}""") });
        await memory.RunAsync("append", "\"old\"");

        memory.Clock.Advance(TimeSpan.FromHours(25));
        await memory.RunAsync("append", "\"new\"");

        Assert.Equal(["new"], (await memory.RunAsync("read"))["messages"]!.AsArray().Select(m => (string)m!["content"]!));
    }

    [Fact]
    public async Task Privacy_RedactsBeforeItKeeps_AndLeavesRolesOut()
    {
        await using var memory = new MemoryBench(null,
            new MemoryDefinition { Id = "chat",
                Settings = Json(
                    """{"privacy_policy":{"redact_patterns":["\\d{3}-\\d{2}-\\d{4}"],"non_persistable_message_types":["system"]}}""") });

        await memory.RunAsync("append", """[{"role":"system","content":"rules"},{"role":"user","content":"my number is 123-45-6789"}]""");

        Assert.Equal(
            """[{"role":"user","content":"my number is [REDACTED]"}]""", (await memory.RunAsync("read"))["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task Privacy_OfAnAgent_TakesOutTheCommonIdentifiers_AndForgetsByAge()
    {
        await using var memory = new MemoryBench();
        const string settings = """{"privacy":{"enabled":true,"retention_policy":"30d"}}""";
        await memory.RunAsync("append", "\"write to ana@example.com, card 4111 1111 1111 1111\"", settings);

        var kept = await memory.RunAsync("read", settings: settings);
        memory.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal("write to [REDACTED], card [REDACTED]", (string?)kept["messages"]![0]!["content"]);
        Assert.Equal(0, (int)(await memory.RunAsync("read", settings: settings))["count"]!);
    }

    [Theory]
    [InlineData("append", null, null, "needs a payload")]
    [InlineData("append", """{"role":"robot","content":"x"}""", null, "role 'robot'")]
    [InlineData("append", """{"role":"user"}""", null, "without content")]
    [InlineData("apend", "\"x\"", null, "Did you mean 'append'?")]
    [InlineData("append", "\"x\"", """{"persistence":{"ttl":"soon"}}""", "no duration")]
    [InlineData("append", "\"x\"", """{"privacy_policy":{"redact_patterns":["("]}}""", "no regular expression")]
    public async Task Mistakes_AreSaid(string operation, string? payload, string? settings, string expected)
    {
        await using var memory = new MemoryBench();

        var exception = await Assert.ThrowsAsync<ActivityException>(() => memory.RunAsync(operation, payload, settings));

        Assert.Equal("invalid_memory_request", exception.Code);
        Assert.Contains(expected, exception.Message);
    }

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
