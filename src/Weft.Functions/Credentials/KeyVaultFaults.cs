using System.Globalization;
using Azure;
using Weft.Language;

namespace Weft.Functions.Credentials;

/// <summary>What a failure of Key Vault means to who asked it for something. No text of the vault's answers is in it.</summary>
internal static class KeyVaultFaults
{
    /// <summary>The failure as ours.</summary>
    /// <param name="what">What was asked for, such as <c>the secret 'mail'</c>.</param>
    /// <param name="failed">What the client threw.</param>
    public static WeftException Of(string what, Exception failed) => Refusal(failed) switch
    {
        { Status: 401 or 403 } refused => Unreadable(
            $"Key Vault answered {refused.Status} for {what}. The app's identity needs the role Key Vault Secrets Officer."),
        { Status: 429 } throttled => Unreadable($"Key Vault takes no more calls for now, so {what} was not reached. Try again.", throttled),
        { Status: > 0 } broken => Unreadable($"Key Vault answered {broken.Status} {broken.ErrorCode} for {what}. Try again.", broken),
        _ => Unreadable(
            $"Key Vault could not be reached for {what}: {failed.GetBaseException().GetType().Name}. See to the network and to the app's "
            + "identity."),
    };

    // The client gathers what its attempts threw.
    private static RequestFailedException? Refusal(Exception failed) => failed switch
    {
        RequestFailedException refused => refused,
        AggregateException several => several.InnerExceptions.OfType<RequestFailedException>().LastOrDefault(),
        _ => null,
    };

    private static WeftException Unreadable(string message, RequestFailedException? refused = null) => new(
        "secret_unreadable", Fault.Unavailable with { Wait = Wait(refused) ?? Fault.Unavailable.Wait }, message);

    private static TimeSpan? Wait(RequestFailedException? refused) =>
        refused?.GetRawResponse() is { } response && response.Headers.TryGetValue("Retry-After", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
