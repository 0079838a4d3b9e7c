namespace Weft.Language.Source;

/// <summary>One entry of a mapping.</summary>
internal readonly record struct SourceEntry(SourceScalar Key, SourceNode Value);
