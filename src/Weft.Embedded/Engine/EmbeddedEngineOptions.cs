using System.ComponentModel.DataAnnotations;

namespace Weft.Embedded.Engine;

/// <summary>How the embedded engine runs.</summary>
public sealed class EmbeddedEngineOptions
{
    /// <summary>The configuration section that these are bound from.</summary>
    public const string Section = "Weft:Engine";

    /// <summary>Gets or sets the folder of everything durable. One process owns it at a time.</summary>
    /// <value>A path; relative ones start at the working directory. The default is <c>.weft</c>.</value>
    [Required(AllowEmptyStrings = false)]
    public string DataFolder { get; set; } = ".weft";

    /// <summary>Gets or sets how many activities run at once, over all instances; the others wait in line.</summary>
    /// <value>1 to 10,000. The default is 256.</value>
    /// <remarks>Activities wait for models and tools most of their time, so this is far above the number of processors.</remarks>
    [Range(1, 10_000)]
    public int MaxConcurrentActivities { get; set; } = 256;

    /// <summary>
    /// Gets or sets how many instances stay in memory. A resting one beyond that leaves it, and replays its history at its next event.
    /// </summary>
    /// <value>1 to 1,000,000. The default is 10,000. Instances with running activities stay, however many they are.</value>
    [Range(1, 1_000_000)]
    public int MaxWarmInstances { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets how long a stop waits for running activities before it cancels them. Cancelled ones run again at the next start.
    /// </summary>
    /// <value>Zero to one hour. The default is 20 seconds: less than hosts commonly give a process to end.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Refuses options that are out of range, with all their faults at once.</summary>
    /// <remarks>
    /// The attributes say the same to those who bind these from configuration; asking them here would cost a cold start milliseconds.
    /// </remarks>
    /// <exception cref="ValidationException">It lists the faults.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(DataFolder))
        {
            faults.Add($"{nameof(DataFolder)} is empty: give the path of a folder.");
        }

        if (MaxConcurrentActivities is < 1 or > 10_000)
        {
            faults.Add($"{nameof(MaxConcurrentActivities)} is {MaxConcurrentActivities}; it must be 1 to 10,000.");
        }

        if (MaxWarmInstances is < 1 or > 1_000_000)
        {
            faults.Add($"{nameof(MaxWarmInstances)} is {MaxWarmInstances}; it must be 1 to 1,000,000.");
        }

        if (DrainTimeout < TimeSpan.Zero || DrainTimeout > TimeSpan.FromHours(1))
        {
            faults.Add($"{nameof(DrainTimeout)} is {DrainTimeout}; it must be zero to one hour.");
        }

        if (faults.Count > 0)
        {
            throw new ValidationException(string.Join(' ', faults));
        }
    }
}
