namespace Weft.Agents.Tools;

/// <summary>Lets calls through at a steady rate, with a burst after a pause. Safe for concurrent use.</summary>
/// <remarks>
/// A caller reserves its turn and is told how long to wait for it, so that waiting callers keep their order and none starves.
/// A turn that would come too late is not reserved.
/// </remarks>
internal sealed class TokenBucket(int perMinute, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly double _perSecond = perMinute / 60.0;
    private double _tokens = perMinute;
    private long _refilledAt = time.GetTimestamp();

    /// <summary>Reserves a turn.</summary>
    /// <param name="longest">The longest wait that the caller accepts.</param>
    /// <param name="wait">The time until the turn; when none was reserved, the time after which one may be asked for again.</param>
    /// <returns>Whether a turn was reserved.</returns>
    public bool TryReserve(TimeSpan longest, out TimeSpan wait)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(perMinute, _tokens + (time.GetElapsedTime(_refilledAt, now).TotalSeconds * _perSecond));
            _refilledAt = now;
            wait = _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / _perSecond);
            if (wait > longest)
            {
                return false;
            }

            // Below zero: turns that are promised, and not yet due.
            _tokens--;
            return true;
        }
    }
}
