import { describeZoneMatrix } from './zone-matrix.ts'

describeZoneMatrix()
