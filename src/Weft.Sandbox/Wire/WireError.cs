namespace Weft.Sandbox.Wire;

/// <summary>A failure before a service gives it its shape.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What went wrong, in the service's voice.</param>
internal sealed record WireError(int Status, string Message)
{
    public string? Code { get; init; }

    /// <summary>The service's class of error, where it has one beside the code.</summary>
    public string? Type { get; init; }

    public string? Parameter { get; init; }

    public double? RetryAfterSeconds { get; init; }
}
