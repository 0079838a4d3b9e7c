namespace Weft.Runtime.Records;

/// <summary>What became of the end of an execution that was to be recorded.</summary>
/// <param name="IsFirst">Whether it was recorded; false: an earlier end stays.</param>
/// <param name="MayHaveNotice">Whether somebody may be yet to be told of it; false: nobody asked to be.</param>
public readonly record struct RecordedEnd(bool IsFirst, bool MayHaveNotice);
