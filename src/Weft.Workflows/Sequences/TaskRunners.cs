using System.Collections.Frozen;
using Weft.Language.Definitions;

namespace Weft.Workflows.Sequences;

/// <summary>What runs each kind of task. The kinds are those of <see cref="TaskKinds"/>.</summary>
internal static class TaskRunners
{
    private static readonly FrozenDictionary<Type, Work> ByRecord = new Dictionary<Type, Work>
    {
        Row<BasicTask>((runner, job, task, token) => runner.BasicAsync(job, task, token)),
        Row<ParallelTask>((runner, job, task, token) => runner.ParallelAsync(job, task, token)),
        Row<CollectionTask>((runner, job, task, token) => runner.CollectionAsync(job, task, token)),
        Row<CompositeTask>((runner, job, task, token) => runner.CompositeAsync(job, task, token)),
        Row<RouterTask>((runner, job, task, token) => runner.RouterAsync(job, task, token)),
        Row<GateTask>((runner, job, task, token) => runner.GateAsync(job, task, token)),
        Row<AggregateTask>((runner, job, task, token) => runner.AggregateAsync(job, task, token)),
        Row<WaitTask>((runner, job, task, token) => runner.WaitAsync(job, task, token)),
        Row<SignalTask>((runner, job, task, token) => runner.SignalAsync(job, task, token)),
        Row<MemoryTask>((runner, job, task, token) => runner.MemoryAsync(job, task, token)),
        Row<ApprovalTask>((runner, job, task, token) => runner.ApprovalAsync(job, task, token)),
        Row<LoopTask>((runner, job, task, token) => runner.LoopAsync(job, task, token)),
    }.ToFrozenDictionary();

    private delegate Task<TaskWork> Work(TaskRunner runner, TaskJob job, CancellationToken cancellationToken);

    /// <summary>Gets the records that something runs.</summary>
    public static IReadOnlyCollection<Type> Records => ByRecord.Keys;

    /// <summary>Does a task's own kind of work.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<TaskWork> RunAsync(TaskRunner runner, TaskJob job, CancellationToken cancellationToken) =>
        ByRecord.TryGetValue(job.Task.GetType(), out var work)
            ? work(runner, job, cancellationToken)
            : Task.FromResult(TaskWork.Failed("unknown_task_type", $"The task '{job.Id}' is of a type that this version does not know."));

    private static void Add(this Dictionary<Type, Work> rows, KeyValuePair<Type, Work> row) => rows.Add(row.Key, row.Value);

    private static KeyValuePair<Type, Work> Row<T>(Func<TaskRunner, TaskJob, T, CancellationToken, Task<TaskWork>> run)
        where T : TaskDefinition => new(typeof(T), (runner, job, token) => run(runner, job, (T)job.Task, token));
}
