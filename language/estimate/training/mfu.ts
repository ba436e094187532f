import type { Estimator } from '../context.ts';
import { usePeak } from '../hardware.ts';
import { Sheet } from '../sheet.ts';
import { precisionOf, useGpus, useTrainingFlops } from '../training-compute.ts';
import { useEfficiency } from '../training-efficiency.ts';

/** Model FLOPs utilization: given, else what the measured step implies, else predicted (Chowdhery et al., arXiv:2204.02311, appendix B). */
export const mfu: Estimator = {
  quantities: ['training.mfu'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (context.given(node, 'mfu')) {
      sheet.property('mfu', undefined, 'MFU');
      return sheet.result();
    }
    const hardware = useGpus(sheet, context, node);
    if (!context.given(node, 'step')) {
      if (hardware) useEfficiency(sheet, context, node, hardware);
      return sheet.result('MFU');
    }
    useTrainingFlops(sheet, context, node);
    if (hardware) usePeak(sheet, context, hardware, precisionOf(context, node));
    sheet.take('time', node, 'training.time');
    sheet.step('MFU', 'training_FLOPs / (GPUs * peak * time)');
    sheet.assume('the MFU is what the given `step` implies');
    return sheet.result('MFU');
  },
};
