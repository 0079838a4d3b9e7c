using Weft.Conformance;

namespace Weft.Functions.EngineTests;

/// <summary>Where the adapter on the in-memory backend does not do what the suite asks of every engine, and why not.</summary>
internal static class Because
{
    public const string Clock = "The backend goes by the system's clock, which a test cannot move.";
    public const string Later = "The in-memory backend starts what is scheduled for later at once.";
    public const string Restart = "The in-memory backend keeps waiting for what it gave to a worker that has stopped.";
    public const string Many = "The in-memory backend stands still when hundreds of steps or instances are open at once.";
    public const string Token =
        "Durable Functions cannot take an activity back: its token is cancelled with the host only, and a stop waits for none.";
    public const string CallIds = "Durable Functions does not tell an activity which call it is: callers name theirs in the input.";
    public const string Order = "Lists come in the order of the backend.";
    public const string Cursor = "Cursors are the backend's, which reads them as it likes.";
    public const string Ids = "An instance id is printable ASCII on Durable Functions.";
    public const string InLine = "Durable Functions cannot take back a call that waits in its queue.";
    public const string InUse = "The in-memory backend starts a child anew whose id is in use.";
    public const string ByPrefix = "Children are found by their ids, which start with their parent's; the suite's other test has such.";
    public const string Replay = "The Durable SDK replays from the top in each turn.";
    public const string Words = "The Durable SDK says in its own words what does not fit the history, and notices other things.";
    public const string Foreign = "Code that waits for a foreign task stands still: the Durable SDK does not notice.";
}

public sealed class DurableActivityTests : ActivityConformance
{
    [Fact(Skip = Because.Many)]
    public override Task FanOut_BeyondTheLimit_RunsNoMoreAtOnce() => base.FanOut_BeyondTheLimit_RunsNoMoreAtOnce();

    [Fact(Skip = Because.Many)]
    public override Task FanOut_OfAThousand_FansInInOrder() => base.FanOut_OfAThousand_FansInInOrder();

    [Fact(Skip = Because.Many)]
    public override Task Instances_ManyAtOnce_EachGetsItsOwnResults() => base.Instances_ManyAtOnce_EachGetsItsOwnResults();

    [Fact(Skip = Because.CallIds)]
    public override Task Activity_IsCalled_ItIsToldWhichCallItIs() => base.Activity_IsCalled_ItIsToldWhichCallItIs();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableRetryTests : RetryConformance
{
    [Fact(Skip = Because.Clock)]
    public override Task Retry_Waits_ByTheDurableTimersOfItsBackoff() => base.Retry_Waits_ByTheDurableTimersOfItsBackoff();

    [Fact(Skip = Because.Clock)]
    public override Task Retry_BackoffBeyondItsLimit_WaitsTheLimit() => base.Retry_BackoffBeyondItsLimit_WaitsTheLimit();

    [Fact(Skip = Because.Clock)]
    public override Task Retry_WaitingThroughARestart_GoesOn() => base.Retry_WaitingThroughARestart_GoesOn();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableTimerTests : TimerConformance
{
    [Fact(Skip = Because.Clock)]
    public override Task Timers_SeveralAtOnce_FireInTheOrderOfTheirTimes() => base.Timers_SeveralAtOnce_FireInTheOrderOfTheirTimes();

    [Fact(Skip = Because.Clock)]
    public override Task Timer_Due_FiresNoEarlierByTheOrchestratorsTime() => base.Timer_Due_FiresNoEarlierByTheOrchestratorsTime();

    [Fact(Skip = Because.Clock)]
    public override Task Timer_DueWhileTheEngineIsDown_FiresAfterTheStart() => base.Timer_DueWhileTheEngineIsDown_FiresAfterTheStart();

    [Fact(Skip = Because.Clock)]
    public override Task Timer_DueAfterARestart_StillFires() => base.Timer_DueAfterARestart_StillFires();

    [Fact(Skip = Because.Restart)]
    public override Task CurrentUtcDateTime_OverAReplay_ReadsTheSame() => base.CurrentUtcDateTime_OverAReplay_ReadsTheSame();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableEventTests : EventConformance
{
    [Theory(Skip = Because.Clock)]
    [InlineData(false)]
    public override Task Wait_RacingATimer_IsWonByWhicheverComesFirst(bool raise) =>
        base.Wait_RacingATimer_IsWonByWhicheverComesFirst(raise);

    [Fact(Skip = Because.Restart)]
    public override Task Event_AcrossARestart_IsNotLost() => base.Event_AcrossARestart_IsNotLost();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableSubOrchestrationTests : SubOrchestrationConformance
{
    [Fact(Skip = Because.Many)]
    public override Task Children_ManyAtOnce_AllReport() => base.Children_ManyAtOnce_AllReport();

    [Fact(Skip = Because.InUse)]
    public override Task Child_WithAnIdInUse_FailsTheCallAndLeavesTheOther() => base.Child_WithAnIdInUse_FailsTheCallAndLeavesTheOther();

    [Fact(Skip = Because.ByPrefix)]
    public override Task Parent_Terminated_EndsItsChildrenAndTheirs() => base.Parent_Terminated_EndsItsChildrenAndTheirs();

    [Fact(Skip = Because.Restart)]
    public override Task Child_AcrossARestart_StillReports() => base.Child_AcrossARestart_StillReports();

    // The backend does not tell the parent, only that it was.
    protected override string ReasonTold(string reason) => "Terminated from outside.";

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableContinueAsNewTests : ContinueAsNewConformance
{
    [Fact(Skip = Because.CallIds)]
    public override Task ContinueAsNew_GivesEachCallANumberOfItsOwn() => base.ContinueAsNew_GivesEachCallANumberOfItsOwn();

    [Fact(Skip = Because.Restart)]
    public override Task ContinueAsNew_ThenARestart_GoesOnInTheNewGeneration() =>
        base.ContinueAsNew_ThenARestart_GoesOnInTheNewGeneration();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableLifecycleTests : LifecycleConformance
{
    [Fact(Skip = Because.Later)]
    public override Task Schedule_ForLater_IsPendingUntilThen() => base.Schedule_ForLater_IsPendingUntilThen();

    [Fact(Skip = Because.Later)]
    public override Task Schedule_ForLater_SurvivesARestartAndKeepsEarlyEvents() =>
        base.Schedule_ForLater_SurvivesARestartAndKeepsEarlyEvents();

    [Fact(Skip = Because.Later)]
    public override Task Schedule_ForLaterAndSuspended_StartsOnceResumed() => base.Schedule_ForLaterAndSuspended_StartsOnceResumed();

    [Fact(Skip = Because.Token)]
    public override Task Terminate_EndsTheInstanceAndCancelsItsActivities() => base.Terminate_EndsTheInstanceAndCancelsItsActivities();

    [Fact(Skip = Because.Restart)]
    public override Task Suspend_ThroughARestart_StillHolds() => base.Suspend_ThroughARestart_StillHolds();

    [Fact(Skip = Because.Ids)]
    public override Task Schedule_WithIdsAtTheLimits_Works() => base.Schedule_WithIdsAtTheLimits_Works();

    [Fact(Skip = Because.InLine)]
    public override Task Suspend_HoldsCallsThatWaitInLine() => base.Suspend_HoldsCallsThatWaitInLine();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableListingTests : ListingConformance
{
    [Fact(Skip = Because.Order)]
    public override Task List_WhileInstancesAreAdded_NeitherSkipsNorRepeatsTheOlder() =>
        base.List_WhileInstancesAreAdded_NeitherSkipsNorRepeatsTheOlder();

    [Fact(Skip = Because.Cursor)]
    public override Task List_WithAQueryThatWillNotDo_IsRefused() => base.List_WithAQueryThatWillNotDo_IsRefused();

    [Fact(Skip = Because.Order)]
    public override Task List_ByTime_TakesTheInstancesCreatedWithin() => base.List_ByTime_TakesTheInstancesCreatedWithin();

    [Fact(Skip = Because.Many)]
    public override Task List_OfTenThousand_PagesThroughAllOnceNewestFirst() => base.List_OfTenThousand_PagesThroughAllOnceNewestFirst();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableReplayTests : ReplayConformance
{
    [Fact(Skip = Because.Words)]
    public override Task NonDeterminism_CaughtByTheCode_StillFails() => base.NonDeterminism_CaughtByTheCode_StillFails();

    [Fact(Skip = Because.Foreign)]
    public override Task Code_ThatGoesOnByAForeignTask_FailsThoughStepsAreOpen() =>
        base.Code_ThatGoesOnByAForeignTask_FailsThoughStepsAreOpen();

    [Fact(Skip = Because.Words)]
    public override Task NonDeterminism_AStepThatIsNoLongerTaken_FailsNamingIt() =>
        base.NonDeterminism_AStepThatIsNoLongerTaken_FailsNamingIt();

    [Fact(Skip = Because.Replay)]
    public override Task IsReplaying_OverOldHistory_IsTrueAndThenFalse() => base.IsReplaying_OverOldHistory_IsTrueAndThenFalse();

    [Fact(Skip = Because.Foreign)]
    public override Task Code_ThatAwaitsAForeignTask_FailsInsteadOfHanging() => base.Code_ThatAwaitsAForeignTask_FailsInsteadOfHanging();

    [Fact(Skip = Because.Foreign)]
    public override Task Code_ThatLeavesItsContext_Fails() => base.Code_ThatLeavesItsContext_Fails();

    [Fact(Skip = Because.Words)]
    public override Task NonDeterminism_ACodeThatReturnsEarly_FailsNamingTheStep() =>
        base.NonDeterminism_ACodeThatReturnsEarly_FailsNamingTheStep();

    [Fact(Skip = Because.Words)]
    public override Task NonDeterminism_AnotherActivity_FailsSayingWhatWasExpectedAndWhatCame() =>
        base.NonDeterminism_AnotherActivity_FailsSayingWhatWasExpectedAndWhatCame();

    [Fact(Skip = Because.Words)]
    public override Task NonDeterminism_ATimerInsteadOfAnActivity_FailsSayingSo() =>
        base.NonDeterminism_ATimerInsteadOfAnActivity_FailsSayingSo();

    [Fact(Skip = Because.Restart)]
    public override Task Replay_OfCompletedActivities_DoesNotRunThemAgain() => base.Replay_OfCompletedActivities_DoesNotRunThemAgain();

    [Fact(Skip = Because.Restart)]
    public override Task Replay_MakesTheSameGuids() => base.Replay_MakesTheSameGuids();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurablePayloadTests : PayloadConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}

public sealed class DurableCancellationTests : CancellationConformance
{
    [Fact(Skip = Because.Token)]
    public override Task GivingUp_EndsTheAwaitAtOnceAndCancelsTheActivity() => base.GivingUp_EndsTheAwaitAtOnceAndCancelsTheActivity();

    [Fact(Skip = Because.Token)]
    public override Task Stop_RefusesNewInstancesAndEndsTheWaits() => base.Stop_RefusesNewInstancesAndEndsTheWaits();

    [Fact(Skip = Because.Restart)]
    public override Task Stop_WithActivitiesInLine_StartsThemAtTheNextStart() => base.Stop_WithActivitiesInLine_StartsThemAtTheNextStart();

    [Fact(Skip = Because.Token)]
    public override Task Stop_WhileAnActivityHangs_CancelsItAndRunsItAgainAtTheStart() =>
        base.Stop_WhileAnActivityHangs_CancelsItAndRunsItAgainAtTheStart();

    [Fact(Skip = Because.Restart)]
    public override Task Stop_WhileAnActivityRuns_LetsItFinishAndKeepsItsResult() =>
        base.Stop_WhileAnActivityRuns_LetsItFinishAndKeepsItsResult();

    [Fact(Skip = Because.Token)]
    public override Task Race_WonByOne_TheLosersAreCancelled() => base.Race_WonByOne_TheLosersAreCancelled();

    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => SidecarUnderTest.StartAsync(setup, time);
}
