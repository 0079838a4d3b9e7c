using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary>The variables in sight, innermost first.</summary>
internal sealed record JmesVariables(string Name, Value Value, JmesVariables? Outer);
