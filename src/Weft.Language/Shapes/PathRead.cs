using Weft.Language.Source;

namespace Weft.Language.Shapes;

/// <summary>A path that an expression of a file reads.</summary>
/// <param name="At">The text that holds the expression.</param>
/// <param name="Path">The root and the names below it.</param>
internal readonly record struct PathRead(SourceScalar At, IReadOnlyList<string> Path);
