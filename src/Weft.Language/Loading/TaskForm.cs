using Weft.Language.Definitions;
using Weft.Language.Shapes;

namespace Weft.Language.Loading;

/// <summary>How a type of task is written in a file, and what is made of it.</summary>
/// <param name="Word">The word under <c>type</c>.</param>
/// <param name="Keys">Its keys besides those of every task. One of the same name takes the place of a common one.</param>
/// <param name="Bind">Makes the record, without what every task has; null: the text cannot be one, and a diagnostic says why.</param>
internal sealed record TaskForm(string Word, Func<IEnumerable<Key>> Keys, Func<TaskLoader, TaskSource, TaskDefinition?> Bind);
