using Microsoft.Extensions.Options;

namespace Weft.Agents.Tools;

/// <summary>Checks what attributes cannot say; collects every fault.</summary>
internal sealed class ToolOptionsValidator : IValidateOptions<ToolOptions>
{
    public ValidateOptionsResult Validate(string? name, ToolOptions options)
    {
        var faults = new List<string>();
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromHours(1))
        {
            faults.Add($"{ToolOptions.Section}:{nameof(ToolOptions.Timeout)} must be over zero and at most 1 hour.");
        }

        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > TimeSpan.FromMinutes(5))
        {
            faults.Add($"{ToolOptions.Section}:{nameof(ToolOptions.RetryDelay)} must be from zero to 5 minutes.");
        }

        if (options.DrainTime < TimeSpan.Zero || options.DrainTime > TimeSpan.FromMinutes(5))
        {
            faults.Add($"{ToolOptions.Section}:{nameof(ToolOptions.DrainTime)} must be from zero to 5 minutes.");
        }

        if (options.LostAfter is { } lost && (lost <= TimeSpan.Zero || lost > TimeSpan.FromDays(1)))
        {
            faults.Add($"{ToolOptions.Section}:{nameof(ToolOptions.LostAfter)} must be over zero and at most 1 day.");
        }

        faults.AddRange(options.AppCallsPerMinute.Where(a => a.Value < 1)
            .Select(a =>
                $"{ToolOptions.Section}:{nameof(ToolOptions.AppCallsPerMinute)}:{a.Key} must be at least 1; deny the app instead "
                + $"({ToolOptions.Section}:{nameof(ToolOptions.Denied)})."));
        faults.AddRange(options.CacheTtl.Where(a => a.Value <= TimeSpan.Zero)
            .Select(a =>
                $"{ToolOptions.Section}:{nameof(ToolOptions.CacheTtl)}:{a.Key} must be over zero; leave the app out to have nothing "
                + $"cached."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
