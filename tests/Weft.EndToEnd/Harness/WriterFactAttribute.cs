namespace Weft.EndToEnd.Harness;

/// <summary>A writer of stored files: it runs only when it is asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WriterFactAttribute : FactAttribute
{
    public WriterFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Releases.Writing)))
        {
            Skip = $"It writes the files of a new release: set {Releases.Writing}=<release>.";
        }
    }
}
