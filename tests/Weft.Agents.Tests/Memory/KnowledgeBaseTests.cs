using System.Text.Json.Nodes;
using Weft.Agents.Memory;
using Weft.Language;

namespace Weft.Agents.Tests.Memory;

public sealed class KnowledgeBaseTests
{
    [Fact]
    public async Task Search_FindsByWords_WhateverTheirForm()
    {
        await using var memory = new MemoryBench();
        await PutSampleAsync(memory);

        var matches = await memory.Knowledge.SearchAsync("kb", "how long does shipping take?", null, null, memory.Deadline);

        Assert.Equal("shipping", matches[0].Id);
        Assert.Equal(1, matches[0].Score);
    }

    [Fact]
    public async Task Search_SeesAChangeAtOnce()
    {
        await using var memory = new MemoryBench();
        await PutSampleAsync(memory);
        await memory.Knowledge.SearchAsync("kb", "returns", null, null, memory.Deadline);

        await memory.Knowledge.PutAsync("kb", [new KnowledgeDocument("returns", "Now about tulips.")], memory.Deadline);

        Assert.Empty(await memory.Knowledge.SearchAsync("kb", "returned items", null, null, memory.Deadline));
        Assert.Equal("returns", (await memory.Knowledge.SearchAsync("kb", "tulip", null, null, memory.Deadline))[0].Id);
    }

    [Fact]
    public async Task LongDocument_IsFoundByThePieceThatFits()
    {
        await using var memory = new MemoryBench();
        var text = string.Join(
            "\n\n", Enumerable.Range(0, 60).Select(i => $"Chapter {i}. " + new string('x', 200) + (i == 42 ? " The zebra sleeps." : "")));

        var pieces = await memory.Knowledge.PutAsync("kb", [new KnowledgeDocument("book", text)], memory.Deadline);
        var match = Assert.Single(await memory.Knowledge.SearchAsync("kb", "zebra", null, null, memory.Deadline));

        Assert.InRange(pieces, 6, 12);
        Assert.Contains("Chapter 42.", match.Content);
        Assert.InRange(match.Content.Length, 1, 2_000);
    }

    [Fact]
    public async Task Filters_ByMetadata()
    {
        await using var memory = new MemoryBench();
        await PutSampleAsync(memory);

        var matches = await memory.Knowledge.SearchAsync("kb", "days", 5, new JsonObject { ["topic"] = "returns" }, memory.Deadline);

        Assert.Equal(["returns"], matches.Select(m => m.Id));
    }

    [Fact]
    public async Task DeletedDocument_IsNotFound()
    {
        await using var memory = new MemoryBench();
        await PutSampleAsync(memory);

        Assert.True(await memory.Knowledge.DeleteAsync("kb", "shipping", memory.Deadline));

        Assert.DoesNotContain(
            await memory.Knowledge.SearchAsync("kb", "shipping days", null, null, memory.Deadline), m => m.Id == "shipping");
        Assert.False(await memory.Knowledge.DeleteAsync("kb", "shipping", memory.Deadline));
    }

    [Fact]
    public async Task SearchOperation_AnswersDocumentsForATemplate()
    {
        await using var memory = new MemoryBench();
        await PutSampleAsync(memory);

        var output =
            await memory.RunAsync("search", "\"return an item\"", """{"collection":"kb","top_k":1}""", key: "", memory: "knowledge_base");

        Assert.Equal(1, (int)output["count"]!);
        Assert.Equal("returns", (string?)output["documents"]![0]!["id"]);
        Assert.Contains("30 days", (string?)output["documents"]![0]!["content"]);
    }

    [Fact]
    public async Task EmptyDocument_IsRefused()
    {
        await using var memory = new MemoryBench();

        var exception = await Assert.ThrowsAsync<WeftException>(
            () => memory.Knowledge.PutAsync("kb", [new KnowledgeDocument("a", " ")], memory.Deadline));

        Assert.Equal("invalid_document", exception.Code);
    }

    private static Task PutSampleAsync(MemoryBench memory) => memory.Knowledge.PutAsync(
        "kb",
        [
            new KnowledgeDocument("shipping",
                "Orders are shipped within two days. Shipping takes three to five days.") { Metadata =
                    new JsonObject { ["topic"] = "shipping" } },
            new KnowledgeDocument(
                "returns", "Items can be returned within 30 days of the order.") { Metadata = new JsonObject { ["topic"] = "returns" } },
            new KnowledgeDocument("contact", "Write to us at any hour.") { Metadata = new JsonObject { ["topic"] = "contact" } },
        ],
        memory.Deadline);
}
