namespace Weft.Api.Queues;

/// <summary>A message was taken.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Duplicate">Whether a message of that id had been taken before, and this one was dropped.</param>
internal sealed record SentAnswer(string Queue, string MessageId, bool Duplicate);
