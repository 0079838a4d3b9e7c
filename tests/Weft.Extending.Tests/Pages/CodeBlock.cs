namespace Weft.Extending.Tests.Pages;

/// <summary>A block of code of a page.</summary>
/// <param name="Path">The file that the paragraph above it names; null: it names none.</param>
/// <param name="Language">The word behind the fence.</param>
/// <param name="Text">The code, each line with its end.</param>
internal sealed record CodeBlock(string? Path, string Language, string Text);
