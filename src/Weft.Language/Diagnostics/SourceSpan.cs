namespace Weft.Language.Diagnostics;

/// <summary>A place in a file: lines and columns count from 1.</summary>
public sealed record SourceSpan(string? File, int Line, int Column);
