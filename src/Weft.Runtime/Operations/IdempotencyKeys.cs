using System.Globalization;
using Weft.Agents.Storage;
using Weft.Runtime.Records;

namespace Weft.Runtime.Operations;

/// <summary>Forgets idempotency keys that are past their time.</summary>
public sealed class IdempotencyKeys(IRecordStore store, TimeProvider clock)
{
    private const int Partitions = 256;
    private const int PartitionsAPass = 16;

    /// <summary>Looks through a sixteenth of the keys; the turn says which.</summary>
    internal async Task<int> ForgetAsync(int turn, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        var before = clock.GetUtcNow().UtcDateTime - IdempotencyRecords.Retention;
        for (var i = 0; i < PartitionsAPass; i++)
        {
            var partition = (((turn * PartitionsAPass) + i) % Partitions).ToString("x2", CultureInfo.InvariantCulture);
            var range = new RowRange(RecordKeys.Idempotency, partition) { PageSize = 1000 };
            await foreach (var row in store.ReadAllAsync(range, cancellationToken))
            {
                if (IdempotencyRecords.ClaimedAt(row) < before)
                {
                    forgotten += (await store.DeleteAsync(row.Key, row.ETag, cancellationToken)).Written ? 1 : 0;
                }
            }
        }

        return forgotten;
    }
}
