namespace Weft.Language;

/// <summary>What a failure means to whoever meets it: its category, and whether and when to try again.</summary>
/// <param name="Category">What sort of thing went wrong.</param>
/// <param name="Retryable">Whether the same request, sent again as it is, may succeed.</param>
/// <param name="Wait">How long to wait before; null: nobody can say.</param>
public sealed record Fault(FaultCategory Category, bool Retryable = false, TimeSpan? Wait = null)
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    /// <summary>Gets the fault of what cannot be read.</summary>
    public static Fault Malformed { get; } = new(FaultCategory.Malformed);

    /// <summary>Gets the fault of who cannot be told.</summary>
    public static Fault Unauthenticated { get; } = new(FaultCategory.Unauthenticated);

    /// <summary>Gets the fault of who may not.</summary>
    public static Fault Forbidden { get; } = new(FaultCategory.Forbidden);

    /// <summary>Gets the fault of what is not there.</summary>
    public static Fault NotFound { get; } = new(FaultCategory.NotFound);

    /// <summary>Gets the fault of what does not fit the state of things; the state has to change first.</summary>
    public static Fault Conflict { get; } = new(FaultCategory.Conflict);

    /// <summary>Gets the fault of losing to others who write the same: another try in a second may win.</summary>
    public static Fault Contended { get; } = new(FaultCategory.Conflict, Retryable: true, Shortly);

    /// <summary>Gets the fault of what is too large.</summary>
    public static Fault TooLarge { get; } = new(FaultCategory.TooLarge);

    /// <summary>Gets the fault of a kind of body that is not taken.</summary>
    public static Fault UnsupportedMedia { get; } = new(FaultCategory.UnsupportedMedia);

    /// <summary>Gets the fault of what is read and wrong.</summary>
    public static Fault Invalid { get; } = new(FaultCategory.Invalid);

    /// <summary>Gets the fault of asking too often; another try in a second may be let in.</summary>
    public static Fault RateLimited { get; } = new(FaultCategory.RateLimited, Retryable: true, Shortly);

    /// <summary>Gets the fault of the product.</summary>
    public static Fault Internal { get; } = new(FaultCategory.Internal);

    /// <summary>Gets the fault of what this host does not do.</summary>
    public static Fault NotImplemented { get; } = new(FaultCategory.NotImplemented);

    /// <summary>Gets the fault of a service behind this one, which says no.</summary>
    public static Fault Upstream { get; } = new(FaultCategory.Upstream);

    /// <summary>Gets the fault of what stops, is overloaded or lost its disk: another try in a second, here or elsewhere, may do.</summary>
    public static Fault Unavailable { get; } = new(FaultCategory.Unavailable, Retryable: true, Shortly);

    /// <summary>Gets the fault of a setting, a key or a folder that is missing or wrong: somebody has to mend it first.</summary>
    public static Fault NotSetUp { get; } = new(FaultCategory.Unavailable);
}
