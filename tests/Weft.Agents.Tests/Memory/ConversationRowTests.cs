using System.Text.Json.Nodes;
using Weft.Agents.Memory;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;

namespace Weft.Agents.Tests.Memory;

/// <summary>The rows of conversations are written by hand, so no sample of a record holds their form.</summary>
public sealed class ConversationRowTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly DateTime _at = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    [Fact]
    public async Task Message_OfAConversation_IsWrittenAsEver()
    {
        await CommitAsync();

        Assert.Equal(
            """{"n":3,"role":"user","content":"hello","at":"2026-03-04T05:06:07Z","tokens":6}""",
            await RowAsync("m|00000002|000000000003"));
    }

    [Fact]
    public async Task Answer_OfAWritingCall_IsWrittenAsEver()
    {
        await CommitAsync();

        Assert.Equal("""{"output":{"appended":1},"at":"2026-03-04T05:06:07Z"}""", await RowAsync($"c|{RecordKeys.Part("n/1/w")}"));
    }

    private async Task CommitAsync()
    {
        var head = new ConversationHead { Generation = 2, First = 3, Next = 4, UpdatedAt = _at };
        var message = new StoredMessage(3, new MemoryMessage("user", "hello", _at), 6);
        var answer = new JsonObject { ["appended"] = 1 };
        var records = new ConversationRecords(_store);

        Assert.True(await records.CommitAsync("notes|u1", head, null, [message], "n/1/w", answer, CancellationToken.None));
    }

    private async Task<string?> RowAsync(string row) =>
        (await _store.ReadAsync(new RowKey("memory", "notes|u1", row), CancellationToken.None))?.Json;
}
