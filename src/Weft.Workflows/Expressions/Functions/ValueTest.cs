using Weft.Workflows.Expressions.Syntax;
using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Functions;

/// <summary>A test behind <c>is</c>.</summary>
internal sealed record ValueTest(
    string Name, string Summary, int Arguments, Func<RenderContext, Value, Value[], bool> Holds, bool IsTolerant = false);
