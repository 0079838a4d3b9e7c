using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Weft.Language.Definitions;

/// <summary>What kinds of tasks and steps there are. The rows stand at <see cref="TaskDefinition"/> and <see cref="Step"/>.</summary>
public static class TaskKinds
{
    private static readonly FrozenDictionary<Type, TaskKindAttribute> Rows =
        typeof(TaskDefinition).GetCustomAttributes<TaskKindAttribute>(inherit: false).ToFrozenDictionary(x => x.DerivedType);

    private static readonly FrozenDictionary<Type, string> StepWords = typeof(Step)
        .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToFrozenDictionary(x => x.DerivedType, x => x.TypeDiscriminator!.ToString()!); // each row has a word

    /// <summary>Gets every kind of task.</summary>
    public static IReadOnlyList<TaskKindAttribute> All => Rows.Values;

    /// <summary>The row of a task's kind.</summary>
    /// <exception cref="NotSupportedException">The record stands in no row.</exception>
    public static TaskKindAttribute Of(TaskDefinition task) =>
        Rows.TryGetValue(task.GetType(), out var row)
            ? row
            : throw Missing(task, nameof(TaskDefinition), "[TaskKind]");

    /// <summary>The word for what a task is: a basic task is what its step is.</summary>
    /// <exception cref="NotSupportedException">The record stands in no row.</exception>
    public static string WordOf(TaskDefinition task) => task is BasicTask basic ? WordOf(basic.Step) : Of(task).Word;

    /// <summary>The word for what a step is: <c>agent</c>, <c>tool</c>, <c>transform</c> or <c>workflow</c>.</summary>
    /// <exception cref="NotSupportedException">The record stands in no row.</exception>
    public static string WordOf(Step step) =>
        StepWords.TryGetValue(step.GetType(), out var word)
            ? word
            : throw Missing(step, nameof(Step), "[JsonDerivedType]");

    private static NotSupportedException Missing(object record, string table, string row) =>
        new($"The record {record.GetType().Name} has no row. Add a {row} to {table}.");
}
