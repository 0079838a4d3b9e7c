namespace Weft.Workflows.Failures;

/// <summary>How long a model is asked last after a failure. It is asked last meanwhile, not never.</summary>
/// <param name="Usual">When its provider names no wait.</param>
/// <param name="Shortest">Whatever the provider asks.</param>
/// <param name="Longest">Whatever the provider asks.</param>
public sealed record ModelCooling(TimeSpan Usual, TimeSpan Shortest, TimeSpan Longest)
{
    /// <summary>Gets the cooling of what passes in seconds.</summary>
    public static ModelCooling Short { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    /// <summary>Gets the cooling of what passes with a billing window.</summary>
    public static ModelCooling Long { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    /// <summary>Gets the cooling of what somebody has to mend: a look every five minutes.</summary>
    public static ModelCooling UntilMended { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));

    /// <summary>The time for which the model is asked last.</summary>
    /// <param name="asked">The wait that the provider asked for; null: none.</param>
    public TimeSpan For(TimeSpan? asked)
    {
        var time = asked ?? Usual;
        return time < Shortest ? Shortest : time > Longest ? Longest : time;
    }
}
