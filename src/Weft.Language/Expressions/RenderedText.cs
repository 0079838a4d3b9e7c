using Weft.Language.Expressions.Syntax;

namespace Weft.Language.Expressions;

/// <summary>A rendered text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Warnings">The paths that led to nothing, in lenient mode.</param>
public sealed record RenderedText(string Text, IReadOnlyList<TemplateWarning> Warnings);
