using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Budgets;

/// <summary>
/// Keeps spending within budgets: each call reserves what it may cost at most before it is made, and settles what it did cost after.
/// </summary>
/// <remarks>Safe for concurrent use, in one process and in several: a budget's row changes only by its tag.</remarks>
public sealed class BudgetLedger
{
    // A hold outlives the time limit of its call by this much before it lapses.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<RowKey, BudgetWriter> _writers = new();
    private readonly IRecordStore _store;
    private readonly BudgetRows _rows;
    private readonly ModelsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BudgetLedger> _logger;

    /// <summary>Makes the ledger over the record store.</summary>
    public BudgetLedger(IRecordStore store, IOptions<ModelsOptions> options, TimeProvider time, ILogger<BudgetLedger> logger) =>
        (_store, _rows, _options, _time, _logger) = (store, new BudgetRows(store), options.Value, time, logger);

    /// <summary>Where the budgets of a step stand now.</summary>
    public Task<IReadOnlyList<BudgetStatus>> ReadAsync(StepScope step, CostControls? controls, CancellationToken cancellationToken) =>
        ReadAsync(BudgetScope.For(step, controls, _options, _time.GetUtcNow()), cancellationToken);

    /// <summary>The budgets of today and of this month (UTC) that calls were paid from.</summary>
    public async Task<IReadOnlyList<BudgetStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var day = _time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var all = new List<BudgetStatus>();
        foreach (var partition in (string[])["day|" + day, "month|" + day[..6]])
        {
            await foreach (var row in _store.ReadAllAsync(
                new RowRange(BudgetScope.Table, partition) { PageSize = 1000 }, cancellationToken))
            {
                all.Add(Status(row));
            }
        }

        return all;
    }

    internal async Task<IReadOnlyList<BudgetStatus>> ReadAsync(IReadOnlyList<BudgetScope> scopes, CancellationToken cancellationToken) =>
        await Task.WhenAll(scopes.Select(async scope =>
        {
            var account = BudgetAccount.Read(scope, await _rows.ReadAsync(scope.Key, cancellationToken));
            account.Lapse(_time.GetUtcNow());
            account.LimitUsd = scope.LimitUsd;
            return account.Status(scope.Label);
        }));

    /// <summary>Reserves at all scopes or at none.</summary>
    /// <param name="scopes">Who pays.</param>
    /// <param name="least">What the call needs to be worth making, USD.</param>
    /// <param name="most">What it may cost at most, USD.</param>
    /// <param name="duration">How long the call may take.</param>
    /// <param name="cancellationToken">Seen before anything is reserved, and after.</param>
    internal async Task<BudgetReservation> ReserveAsync(
        IReadOnlyList<BudgetScope> scopes, decimal least, decimal most, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (scopes.Count == 0 || most <= 0)
        {
            return new BudgetReservation([], "", decimal.MaxValue, null);
        }

        var lapses = BudgetAccount.Minute(_time.GetUtcNow() + duration + Slack);
        var asked = await Task.WhenAll(
            scopes.Select(async scope => (Scope: scope, Usd: await AskAsync(scope, account => account.Reserve(least, most, lapses)))));
        var holds = asked.Where(a => a.Usd is not null).Select(a => new BudgetHold(a.Scope, a.Usd!.Value)).ToList();
        if (holds.Count < asked.Length)
        {
            await ReleaseAsync(holds, lapses, 0);
            var refusing = asked.First(a => a.Usd is null).Scope;
            var status = (await ReadAsync([refusing], cancellationToken))[0];
            return new BudgetReservation([], lapses, 0, new BudgetRefusal(refusing, status, least));
        }

        var reservation = new BudgetReservation(holds, lapses, holds.Min(h => h.Usd), null);
        if (cancellationToken.IsCancellationRequested)
        {
            await SettleAsync(reservation, 0);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return reservation;
    }

    /// <summary>Replaces what was reserved by what was spent. Not cancellable: money that is spent is spent.</summary>
    internal Task SettleAsync(BudgetReservation reservation, decimal actual) => ReleaseAsync(reservation.Holds, reservation.Lapses, actual);

    private Task ReleaseAsync(IReadOnlyList<BudgetHold> holds, string lapses, decimal actual) =>
        Task.WhenAll(holds.Select(hold => AskAsync(hold.Scope, account =>
        {
            account.Settle(hold.Usd, actual, lapses);
            return actual;
        })));

    private async Task<decimal?> AskAsync(BudgetScope scope, Func<BudgetAccount, decimal?> change)
    {
        while (true)
        {
            var writer = _writers.GetOrAdd(
                scope.Key, key => new BudgetWriter(_rows, _time, key, Alert, closed => _writers.TryRemove(new(closed.Key, closed))));
            if (writer.TryAsk(scope, change, out var answer))
            {
                return await answer;
            }

            _writers.TryRemove(new(scope.Key, writer));
        }
    }

    private void Alert(BudgetStatus status, double threshold) =>
        _logger.BudgetAlert(status.Scope, status.SpentUsd, status.LimitUsd, threshold);

    private BudgetStatus Status(Row row)
    {
        var account = row.As<BudgetAccount>();
        account.Lapse(_time.GetUtcNow());
        return account.Status(new BudgetScope(account.Kind, account.Owner, account.Id, account.LimitUsd, 1).Label);
    }
}
