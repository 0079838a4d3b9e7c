using Weft.Agents.Storage;

namespace Weft.Agents.Models.Budgets;

/// <summary>Serves one budget's row: what arrives while a write is under way is gathered into the next one.</summary>
/// <remarks>
/// Within a process no two writes of a row race, however many calls share a budget; between processes the tag decides, and the
/// loser applies its changes again to what the winner left.
/// </remarks>
internal sealed class BudgetWriter(
    BudgetRows rows, TimeProvider time, RowKey key, Action<BudgetStatus, double> alert, Action<BudgetWriter> closed)
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private List<Request> _waiting = [];
    private bool _serving;
    private bool _closed;

    public RowKey Key => key;

    /// <summary>Has a change applied to the account, durably; false when this writer has closed and another is to be asked.</summary>
    public bool TryAsk(BudgetScope scope, Func<BudgetAccount, decimal?> change, out Task<decimal?> answer)
    {
        var request = new Request(scope, change);
        answer = request.Answer.Task;
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.Add(request);
            if (!_serving)
            {
                _serving = true;
                _ = Task.Run(ServeAsync);
            }
        }

        return true;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            List<Request> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _closed = true;
                    closed(this);
                    return;
                }

                (batch, _waiting) = (_waiting, []);
            }

            try
            {
                await ApplyAsync(batch);
            }
            catch (Exception exception)
            {
                // Whoever asked learns of it; the next batch starts afresh.
                batch.ForEach(r => r.Answer.TrySetException(exception));
            }
        }
    }

    private async Task ApplyAsync(List<Request> batch)
    {
        // The callers' own tokens do not count here: one caller's cancellation must not undo the others'.
        using var deadline = new CancellationTokenSource(StoreTimeout);
        while (true)
        {
            var row = await rows.LatestAsync(key, deadline.Token);
            var account = BudgetAccount.Read(batch[0].Scope, row);
            account.Lapse(time.GetUtcNow());
            var answers = new decimal?[batch.Count];
            for (var i = 0; i < batch.Count; i++)
            {
                account.LimitUsd = batch[i].Scope.LimitUsd;
                answers[i] = batch[i].Change(account);
            }

            var scope = batch[^1].Scope;
            var alerts = account.PassesThreshold(scope.AlertThreshold);
            if (!await rows.WriteAsync(key, row, account.ToJson(), deadline.Token))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)), deadline.Token);
                continue;
            }

            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.TrySetResult(answers[i]);
            }

            if (alerts)
            {
                alert(account.Status(scope.Label), scope.AlertThreshold);
            }

            return;
        }
    }

    private sealed record Request(BudgetScope Scope, Func<BudgetAccount, decimal?> Change)
    {
        public TaskCompletionSource<decimal?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
