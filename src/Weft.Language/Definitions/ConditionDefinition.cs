using Weft.Language.Diagnostics;

namespace Weft.Language.Definitions;

/// <summary>A condition as written.</summary>
/// <param name="Type">jmespath, expr, python_expr, template or always.</param>
/// <param name="Expression">The text; empty for always.</param>
/// <param name="Source">Where the expression stands.</param>
public sealed record ConditionDefinition(string Type, string Expression, SourceSpan? Source = null);
