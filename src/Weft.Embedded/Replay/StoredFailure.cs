using System.Text.Json;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <summary>A failure as a history keeps it. Whatever an exception carries, there is a form of it that can be written.</summary>
internal static class StoredFailure
{
    private const int MostBytes = 256 * 1024;
    private const int MostCharacters = 16 * 1024;

    public static byte[] Of(FailureDetails failure)
    {
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(failure, WeftJson.Options);
            if (json.Length <= MostBytes)
            {
                return json;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            // Its details can't be written: the rest can.
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new FailureDetails(failure.Code.Clip(MostCharacters + 1), failure.Message.Clip(MostCharacters + 1), failure.NonRetryable),
            WeftJson.Options);
    }

    public static byte[] Terminated(string reason) => Of(new FailureDetails("terminated", reason, NonRetryable: true));
}
