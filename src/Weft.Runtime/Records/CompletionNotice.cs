namespace Weft.Runtime.Records;

/// <summary>The wish for a message about an end. It lies there until the message is sent.</summary>
internal sealed record CompletionNotice(string ExecutionId, string? ReplyTo);
