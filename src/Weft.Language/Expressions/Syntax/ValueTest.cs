using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A test behind <c>is</c>.</summary>
internal sealed record ValueTest(
    string Name, string Summary, int Arguments, Func<RenderContext, Value, Value[], bool> Holds, bool IsTolerant = false);
