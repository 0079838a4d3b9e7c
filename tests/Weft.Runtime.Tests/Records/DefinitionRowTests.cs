using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Runtime.Records;

namespace Weft.Runtime.Tests.Records;

/// <summary>The row of a definition is written by hand, so no sample of a record holds its form.</summary>
public sealed class DefinitionRowTests
{
    [Fact]
    public async Task Definition_OfAWorkflow_IsWrittenAsEver()
    {
        var store = new MemoryRecordStore();
        var hash = "sha256:" + new string('a', 64);
        var version = new WorkflowVersion
        {
            Id = "demo", Revision = 1, ContentHash = hash, Dialect = Dialect.Tasks, UpdatedAt = Known.Noon, Source = "api",
        };

        var records = new WorkflowRecords(store, Known.Contexts(store));
        await records.PutAsync(version, new StoredDefinition("{}", "name: demo"), CancellationToken.None);

        var row = await store.ReadAsync(RecordKeys.Definition(hash), CancellationToken.None);
        Assert.Equal("""{"json":"{}","text":"name: demo"}""", row?.Json);
    }
}
