namespace Weft.Runtime.Records;

/// <summary>The wish for a message about an end. It lies there until the message is sent.</summary>
internal sealed record CompletionNotice(string ExecutionId, string? ReplyTo)
{
    /// <summary>The context entry of an execution that names the queue which is to be told of its end.</summary>
    public const string ReplyToKey = "reply_to";
}
