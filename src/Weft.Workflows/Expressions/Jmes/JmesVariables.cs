using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Jmes;

/// <summary>The variables in sight, innermost first.</summary>
internal sealed record JmesVariables(string Name, Value Value, JmesVariables? Outer);
