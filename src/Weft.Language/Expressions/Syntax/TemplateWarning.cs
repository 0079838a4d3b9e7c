using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A path that led to nothing while a text was rendered leniently.</summary>
/// <param name="Path">The path, such as <c>input.nme</c>.</param>
/// <param name="Message">What was missing, with the nearest known name.</param>
/// <param name="Position">Where the template reads it.</param>
public sealed record TemplateWarning(string Path, string Message, TemplatePosition Position);
