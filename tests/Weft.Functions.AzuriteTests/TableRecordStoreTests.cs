using Azure.Data.Tables;
using Weft.Agents.Storage;
using Weft.Conformance;
using Weft.Functions.AzuriteTests.Emulator;
using Weft.Functions.Records;
using Weft.Language;

namespace Weft.Functions.AzuriteTests;

/// <summary>The store of the Azure host keeps what every record store must.</summary>
public sealed class TableRecordStoreTests(Azurite azurite) : RecordStoreConformance, IClassFixture<Azurite>
{
    private readonly TableServiceClient _service = new(azurite.ConnectionString);
    private readonly string _prefix = $"t{Guid.NewGuid():N}"[..20];

    protected override Task<IRecordStore> OpenEmptyStoreAsync() =>
        Task.FromResult<IRecordStore>(new TableRecordStore(_service, _prefix));

    protected override async Task CloseStoreAsync()
    {
        await foreach (var table in _service.QueryAsync(t => t.Name.CompareTo(_prefix) >= 0, cancellationToken: Deadline))
        {
            if (table.Name.StartsWith(_prefix, StringComparison.Ordinal))
            {
                await _service.DeleteTableAsync(table.Name, Deadline);
            }
        }
    }

    [Fact]
    public async Task Batch_OverFourMebibytes_IsRefusedBeforeItIsSent()
    {
        var json = $$"""{"t":"{{new string('x', 60_000)}}"}""";
        var writes = Enumerable.Range(0, 100).Select(i => (RowWrite)new RowWrite.Insert(new RowKey("t", "p", $"k{i:000}"), json)).ToList();

        Assert.Equal("invalid_batch", (await Assert.ThrowsAsync<WeftException>(() => Store.BatchAsync(writes, Deadline))).Code);
    }

    [Fact]
    public async Task Value_WhoseCharactersCrossAChunk_IsReadBackWhole()
    {
        var json = $$"""{"t":"{{string.Concat(Enumerable.Repeat("日本", 10_000))}}"}""";
        await Store.UpsertAsync(new RowKey("t", "p", "k"), json, Deadline);

        Assert.Equal(json, (await Store.ReadAsync(new RowKey("t", "p", "k"), Deadline))!.Json);
    }
}
