using Weft.Agents.Tests.Storage;
using Weft.Language.Diagnostics;
using Weft.Runtime.Registry;
using Weft.Runtime.Schedules;
using Weft.Runtime.Tests.Registry;

namespace Weft.Runtime.Tests.Schedules;

public sealed class DefinedSchedulesTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private ScheduleStore Schedules => new(_store, TimeProvider.System);

    private WorkflowRegistry Registry => Sample.Registry(_store);

    [Fact]
    public async Task PuttingAWorkflow_WithASchedule_RegistersIt()
    {
        await PutAsync(
            "{ cron: '0 6 * * *', timezone: Europe/Berlin, overlap_policy: queue, jitter: 30s, catch_up: true, input: { name: Ada } }");

        var schedule = await Schedules.FindAsync("greet", _deadline);

        Assert.Equal(
            ("greet", "0 6 * * *", "Europe/Berlin", "workflow"), (schedule!.WorkflowId, schedule.Cron, schedule.TimeZone, schedule.Source));
        Assert.Equal((OverlapPolicy.Queue, 30_000, true), (schedule.OverlapPolicy, schedule.JitterMs, schedule.CatchUp));
        Assert.Equal("Ada", schedule.Input!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task PuttingItAgain_WithAnotherOrNoSchedule_UpdatesOrRemovesIt()
    {
        await PutAsync("{ cron: '0 6 * * *' }");

        await PutAsync("{ cron: '0 7 * * *' }");
        Assert.Equal("0 7 * * *", (await Schedules.FindAsync("greet", _deadline))!.Cron);

        await PutAsync(null);
        Assert.Null(await Schedules.FindAsync("greet", _deadline));
    }

    [Fact]
    public async Task DeletingTheWorkflow_RemovesItsScheduleAndLeavesOthers()
    {
        await PutAsync("{ cron: '0 6 * * *' }");
        await Schedules.PutAsync(new ScheduleRecord { Id = "mine", WorkflowId = "greet", Cron = "@daily" }, _deadline);

        await Registry.DeleteAsync("greet", _deadline);

        Assert.Equal(["mine"], (await Schedules.ListAsync(_deadline)).Select(s => s.Id));
    }

    [Fact]
    public async Task PuttingItUnchanged_KeepsItsPlaceInTime()
    {
        await PutAsync("{ cron: '0 6 * * *' }");
        var before = await Schedules.FindAsync("greet", _deadline);
        var writes = _store.Writes;

        await Registry.PutAsync(
            Sample.Graph() + "\nschedule: { cron: '0 6 * * *' }\n", new PutWorkflowOptions { Scheduled = true }, _deadline);

        Assert.Equal(before!.CountsFrom, (await Schedules.FindAsync("greet", _deadline))!.CountsFrom);
        Assert.Equal(writes, _store.Writes);
    }

    [Fact]
    public async Task ASingleRunsWorkflow_SchedulesNothing()
    {
        await Registry.PutAsync(Sample.Graph() + "\nschedule: { cron: '0 6 * * *' }\n", new PutWorkflowOptions(), _deadline);

        Assert.Empty(await Schedules.ListAsync(_deadline));
    }

    [Fact]
    public async Task AScheduleThatMakesNoSense_RefusesTheWorkflow()
    {
        var put = await PutAsync("{ cron: '0 6 * * *', timezone: Europe/Atlantis }");

        Assert.Null(put.Version);
        Assert.Contains(put.Diagnostics,
            d => d.Severity == DiagnosticSeverity.Error && d.Message.Contains("Europe/Atlantis", StringComparison.Ordinal));
        Assert.Empty(await Registry.ListAsync(_deadline));
    }

    private Task<PutWorkflowResult> PutAsync(string? schedule) =>
        Registry.PutAsync(
            Sample.Graph() + (schedule is null ? "" : $"\nschedule: {schedule}\n"), new PutWorkflowOptions { Scheduled = true }, _deadline);
}
