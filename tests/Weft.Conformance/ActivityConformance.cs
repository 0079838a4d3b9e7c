using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Activities: results, failures, many at once.</summary>
public abstract class ActivityConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task Activity_Succeeds_ItsResultReachesTheOrchestrator()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("double", x => x * 2)
            .Orchestrator<int, int>("main", (context, input) => context.CallActivityAsync<int>("double", input)));

        Assert.Equal(42, await ResultAsync<int>("main", 21));
    }

    [Fact]
    public virtual async Task Activity_CalledInASequence_EachSeesTheResultBefore()
    {
        await StartAsync(setup => setup
            .Activity<string, string>("append", text => text + "x")
            .Orchestrator<int, string>("main", async (context, count) =>
            {
                var text = "";
                for (var i = 0; i < count; i++)
                {
                    text = await context.CallActivityAsync<string>("append", text);
                }

                return text;
            }));

        Assert.Equal(new string('x', 100), await ResultAsync<string>("main", 100));
    }

    [Fact]
    public virtual async Task Activity_RunsAsynchronously_OthersRunMeanwhile()
    {
        var both = new Barrier2();
        await StartAsync(setup => setup
            .Activity<int, int>("meet", async (_, x, token) =>
            {
                await both.MeetAsync(token);
                return x;
            })
            .Orchestrator<int, int>("main", async (context, _) =>
                (await Task.WhenAll(context.CallActivityAsync<int>("meet", 1), context.CallActivityAsync<int>("meet", 2))).Sum()));

        Assert.Equal(3, await ResultAsync<int>("main"));
    }

    [Fact]
    public virtual async Task Activity_IsCalled_ItIsToldWhichCallItIs()
    {
        var seen = new ConcurrentBag<ActivityContext>();
        await StartAsync(setup => setup
            .Activity<int, int>("note", (context, x, _) =>
            {
                seen.Add(context);
                return Task.FromResult(x);
            })
            .Orchestrator<int, int>("main", async (context, _) =>
                await context.CallActivityAsync<int>("note", 1) + await context.CallActivityAsync<int>("note", 2)));

        await RunAsync("main", id: "told");

        Assert.All(seen, context => Assert.Equal(("told", "note"), (context.InstanceId, context.Name)));
        Assert.Equal(2, seen.Select(context => context.CallId).Distinct().Count());
    }

    [Fact]
    public virtual async Task Activity_ThrowsATypedFailure_TheOrchestratorCatchesItsData()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("refuse", (_, _, _) => throw new ActivityException(
                "card_declined", Fault.Invalid, "The bank said no.", new JsonObject { ["reason"] = "limit" }, new TimeoutException("slow")))
            .Orchestrator<int, string>("main", async (context, _) =>
            {
                try
                {
                    await context.CallActivityAsync<int>("refuse", 1);
                    return "no failure";
                }
                catch (ActivityFailedException failed)
                {
                    var failure = failed.Failure;
                    return $"{failed.StepName} {failed.Code} {failure.NonRetryable} {failure.Message} {failure.Details!["reason"]} "
                        + $"{failure.Inner!.Code}";
                }
            }));

        Assert.Equal("refuse card_declined True The bank said no. limit timeout", await ResultAsync<string>("main"));
    }

    [Fact]
    public virtual async Task Activity_FailsUncaught_TheInstanceFailsWithItsFailure()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("refuse", (_, _, _) => throw new InvalidOperationException("broken"))
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>("refuse", 1)));

        var ended = await RunAsync("main");

        Assert.Equal(OrchestrationStatus.Failed, ended.Status);
        Assert.Equal(("invalid_operation", "broken"), (ended.Failure!.Code, ended.Failure.Message));
        Assert.NotNull(ended.CompletedAt);
    }

    [Fact]
    public virtual async Task Activity_ThrowsAfterAnAwait_ItFailsAlike()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("refuse", async (_, _, _) =>
            {
                await Task.Yield();
                throw new WeftException("late_failure", Fault.Internal, "after the await");
            })
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>("refuse", 1)));

        Assert.Equal("late_failure", (await RunAsync("main")).Failure!.Code);
    }

    [Fact]
    public virtual async Task Activity_OfAnUnknownName_FailsTheCallWithItsName()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("known", x => x)
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>("missing", 1)));

        var ended = await RunAsync("main");

        Assert.Equal("activity_not_registered", ended.Failure!.Code);
        Assert.Contains("'missing'", ended.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public virtual async Task Activity_GetsAnInputOfTheWrongType_FailsWithoutRetry()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("number", x => x)
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>(
                "number", "no number",
                new ActivityOptions { Retry = new RetryPolicy { MaxAttempts = 5, FirstDelay = TimeSpan.FromHours(1) } })));

        Assert.Equal("invalid_activity_input", (await RunAsync("main")).Failure!.Code);
    }

    [Fact]
    public virtual async Task Activity_AnswersWhatTheOrchestratorCannotRead_TheCallFails()
    {
        await StartAsync(setup => setup
            .Activity<int, string>("text", _ => "words")
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>("text", 1)));

        Assert.Equal("invalid_payload", (await RunAsync("main")).Failure!.Code);
    }

    [Fact]
    public virtual async Task Activity_WhoseProcessIsLost_IsDeliveredAgainAsTheSameCall()
    {
        var deliveries = new ConcurrentQueue<(string Order, long CallId)>();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Code(EngineSetup setup) => setup
            .Activity<string, string>("refund", async (context, order, _) =>
            {
                deliveries.Enqueue((order, context.CallId));
                if (running.TrySetResult())
                {
                    await new TaskCompletionSource().Task;
                }

                return $"{order} refunded";
            })
            .Orchestrator<int, string>("main", async (context, _) =>
            {
                // A call that is lost is no attempt of its retry: a further attempt would be another call.
                var order = 0;
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await context.CallActivityAsync<string>("refund", $"order {++order}");
                    }
                    catch (ActivityFailedException) when (attempt < 3)
                    {
                        // Asked for anew.
                    }
                }
            });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await running.Task.WaitAsync(Deadline);

        await Engine.LoseProcessAsync(Setup(Code));

        Assert.Equal("order 1 refunded", Result<string>(await EndAsync()));
        Assert.Equal(2, deliveries.Count);
        Assert.Single(deliveries.Distinct());
    }

    [Fact]
    public virtual async Task FanOut_OfAThousand_FansInInOrder()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("square", async (_, x, _) =>
            {
                await Task.Yield();
                return x * x;
            })
            .Orchestrator<int, bool>("main", async (context, count) =>
            {
                var squares = await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>("square", i)));
                return squares.SequenceEqual(Enumerable.Range(0, count).Select(i => i * i));
            }));

        Assert.True(await ResultAsync<bool>("main", 1000));
    }

    [Fact]
    public virtual async Task FanOut_WithFailures_TheOthersComplete()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("odd", x => x % 2 == 1 ? x : throw new WeftException("even", Fault.Internal, $"{x} is even"))
            .Orchestrator<int, int>("main", async (context, count) =>
            {
                var calls = Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>("odd", i)).ToList();
                try
                {
                    await Task.WhenAll(calls);
                }
                catch (ActivityFailedException)
                {
                    // Counted below.
                }

                return calls.Count(call => call.IsFaulted);
            }));

        Assert.Equal(50, await ResultAsync<int>("main", 100));
    }

    [Fact]
    public virtual async Task FanOut_BeyondTheLimit_RunsNoMoreAtOnce()
    {
        var running = 0;
        var most = 0;
        await StartAsync(setup =>
        {
            setup.MaxConcurrentActivities = 3;
            setup
                .Activity<int, int>("count", async (_, x, _) =>
                {
                    var now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                    return x;
                })
                .Orchestrator<int, int>("main", async (context, count) =>
                    (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>("count", i)))).Length);
        });

        Assert.Equal(200, await ResultAsync<int>("main", 200));
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public virtual async Task Instances_ManyAtOnce_EachGetsItsOwnResults()
    {
        await StartAsync(setup => setup
            .Activity<string, string>("echo", text => text)
            .Orchestrator<string, string>("main", async (context, input) =>
            {
                var first = await context.CallActivityAsync<string>("echo", input);
                return await context.CallActivityAsync<string>("echo", first + "!");
            }));

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => ResultAsync<string>("main", $"n{i}", $"i{i}")));

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"n{i}!"), results);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private sealed class Barrier2
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _come;

        public Task MeetAsync(CancellationToken token)
        {
            if (Interlocked.Increment(ref _come) == 2)
            {
                _both.SetResult();
            }

            return _both.Task.WaitAsync(token);
        }
    }
}
